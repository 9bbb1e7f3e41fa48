/** What a notebook of the register may ask, in one language: for reading, and for completion while writing. */
export type Dictionary = {
	tables: { name: string; text: string; columns: { name: string; type: string; text: string }[] }[];
	/** SQL to copy; each is one statement over the tables. */
	examples: { title: string; text: string; sql: string }[];
};
