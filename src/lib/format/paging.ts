/** Which part of a list is shown. Pages count from 1. */
export type Paging = { page: number; pages: number; first: number; last: number; total: number };

/** The number of the page that an address asks for; 1 where it asks for none, undefined where it is no number. */
export function readPage(parameters: URLSearchParams): number | undefined {
	const text = parameters.get('page') ?? '1';
	return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
}

/** A page of a list of `total` parts, `size` to a page. An empty list has one empty page. */
export function pagingOf(page: number, size: number, total: number): Paging {
	const pages = Math.max(1, Math.ceil(total / size));
	return {
		page,
		pages,
		first: Math.min(total, (page - 1) * size + 1),
		last: Math.min(page * size, total),
		total
	};
}
