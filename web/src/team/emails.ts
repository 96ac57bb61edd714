/** The e-mail addresses in what a person typed or pasted: apart by blanks, commas, semicolons or lines. */
const EMAIL = /^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

export function splitEmails(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;]+/).filter((part) => part !== ""))];
}

/** Those that are no addresses. */
export function badEmails(emails: readonly string[]): string[] {
  return emails.filter((email) => !EMAIL.test(email));
}
