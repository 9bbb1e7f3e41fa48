/**
 * A statement that DuckDB refused, with its text: a wrong program, never wrong data. Bound values are left
 * out, and so is what DuckDB quotes of a file, where there may be persons.
 */
export class QueryError extends Error {
	readonly sql: string;
	constructor(sql: string, cause: unknown) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		super(`${withoutPersons(reason)}\n\n${sql}`);
		this.name = 'QueryError';
		this.sql = sql;
	}
}

const withoutPersons = (reason: string) =>
	reason.replace(/^Original Line:.*$/gm, '').replace(/\d{6,8}[-+ ]?[\dA-Z]\d{3}/g, '…');
