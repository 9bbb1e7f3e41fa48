/** A statement that DuckDB refused, with its text: a wrong program, never wrong data. Bound values are left out. */
export class QueryError extends Error {
	readonly sql: string;
	constructor(sql: string, cause: unknown) {
		super(`${cause instanceof Error ? cause.message : String(cause)}\n\n${sql}`, { cause });
		this.name = 'QueryError';
		this.sql = sql;
	}
}
