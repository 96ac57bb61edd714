/** The user pool's rules for passwords, told as one types. */
export interface PasswordRule {
  readonly name: "length" | "lower" | "upper" | "number";
  readonly isMet: boolean;
}

export function passwordRules(password: string): PasswordRule[] {
  return [
    { name: "length", isMet: password.length >= 12 },
    { name: "lower", isMet: /\p{Ll}/u.test(password) },
    { name: "upper", isMet: /\p{Lu}/u.test(password) },
    { name: "number", isMet: /\d/.test(password) },
  ];
}

export function isGoodPassword(password: string): boolean {
  return passwordRules(password).every(({ isMet }) => isMet);
}
