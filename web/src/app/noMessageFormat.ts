/**
 * Stands in for intl-messageformat, 20 KB after gzip, which Cloudscape imports for the texts of an error
 * boundary of its own. The portal shows none: its own (`ErrorBoundary`) tells what broke.
 */
export default class NoMessageFormat {
  constructor(readonly message: string) {}

  format(): string {
    return this.message;
  }
}
