import { openAsBlob } from 'node:fs';
import { z } from 'zod';
import { benchSender } from './files.ts';
import type { Served } from './pages.ts';

/** Hands a file in as a browser does: the bytes first, then the form that says who sends them. */
export async function handInOnPage({ origin, ask }: Served, path: string, unit: string): Promise<void> {
	const headers = { origin, 'sec-fetch-site': 'same-origin' };
	const body = await openAsBlob(path);
	const stored = await ask('/submissions/original', {
		method: 'PUT',
		headers,
		body
	});
	if (stored.status !== 201) throw new Error(`The original was answered with ${stored.status}.`);
	const { sha256 } = z.object({ sha256: z.string() }).parse(await stored.json());
	const form = new URLSearchParams({
		...benchSender,
		unitId: unit,
		sha256,
		fileName: 'bench.csv',
		profile: ''
	});
	const received = await ask('/submissions/new?/receive', {
		method: 'POST',
		headers: { ...headers, accept: 'application/json', 'x-sveltekit-action': 'true' },
		body: form
	});
	const answer = await received.text();
	if (received.status !== 200 || !answer.includes('success'))
		throw new Error(`The form was answered with ${answer}`);
}
