/**
 * A statement that DuckDB refused, with its text: a wrong program, never wrong data. Bound values are left
 * out, and so is what DuckDB quotes of a file, where there may be persons.
 */
export class QueryError extends Error {
	readonly sql: string;
	/** After it nothing more can be asked or written: the database is invalid, or not as it was written. */
	readonly isFatal: boolean;
	constructor(sql: string, cause: unknown) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		super(`${withoutPersons(reason)}\n\n${sql}`);
		this.name = 'QueryError';
		this.sql = sql;
		this.isFatal = fatal.test(reason);
	}
}

const withoutPersons = (reason: string) =>
	reason.replace(/^Original Line:.*$/gm, '').replace(/\d{6,8}[-+ ]?[\dA-Z]\d{3}/g, '…');

/** Disk full: DuckDB goes on answering, but its log may end in the middle of a change. */
const fatal =
	/^FATAL Error|database has been invalidated|Corrupt database file|No space left on device|Failed to commit: Could not write/;
