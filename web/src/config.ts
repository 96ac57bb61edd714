/** Where the portal's services are: `config.json`, which the stack writes beside the portal. */
export interface Config {
  /** Of brandlens. */
  readonly version: string;
  readonly region: string;
  readonly api_url: string;
  readonly user_pool_id: string;
  readonly user_pool_client_id: string;
  readonly identity_pool_id: string;
  /** Addresses of AWS services, where they are not AWS's own. */
  readonly endpoints?: {
    readonly cognito_idp?: string;
    readonly cognito_identity?: string;
  };
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch("/config.json", { cache: "no-cache" });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as Config;
}
