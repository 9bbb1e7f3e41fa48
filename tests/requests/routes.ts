import { readdirSync } from 'node:fs';

export type Route = { id: string; isPage: boolean };

/** The routes that files under src/routes make, by their paths from there. */
export function routesIn(files: readonly string[]): Route[] {
	const pages = files.filter((file) => /\/\+page(\.server)?\.(svelte|ts)$/.test(file)).map(folder);
	const answers = files.filter((file) => file.endsWith('/+server.ts')).map(folder);
	return [...new Set([...pages, ...answers])].sort().map((id) => ({ id, isPage: pages.includes(id) }));
}

const folder = (file: string) => file.replace(/\/[^/]*$/, '') || '/';

/** Every route of the app, from its tree. */
export const routes = routesIn(
	readdirSync('src/routes', { recursive: true, encoding: 'utf8' }).map(
		(file) => `/${file.replaceAll('\\', '/')}`
	)
);
