import type { ArrowRows } from '#lib/notebook/arrow.ts';

/**
 * A page of the rows of an SQL block, and how many it has in all. Undefined where there are none to be had. The reader
 * of Arrow is fetched with the first page.
 */
export async function fetchRows(
	address: string,
	question: Readonly<Record<string, unknown>>,
	signal: AbortSignal
): Promise<(ArrowRows & { isCut: boolean }) | undefined> {
	try {
		const [response, { rowsOfArrow }] = await Promise.all([
			fetch(address, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(question),
				signal
			}),
			import('#lib/notebook/arrow.ts')
		]);
		if (response.status !== 200) return undefined;
		const rows = rowsOfArrow(new Uint8Array(await response.arrayBuffer()));
		const length = Number(response.headers.get('x-rows') ?? rows.length);
		return { ...rows, length, isCut: response.headers.has('x-cut') };
	} catch {
		return undefined;
	}
}
