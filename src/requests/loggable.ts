/** What looks like an identity number, and the token of a one-time link. */
const secrets = [/\d{6,8}[-+ ]?\d{4}/g, /(?<=\/sign-in\/link\/)[^/\s]+/g];

/** An unforeseen error as it may stand in the log: where it happened and how, nothing of persons. */
export function loggable(method: string, path: string, error: unknown): string {
	const account = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return secrets.reduce((text, secret) => text.replace(secret, '…'), `${method} ${path}\n${account}`);
}
