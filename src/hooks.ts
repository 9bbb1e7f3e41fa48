import type { Reroute, Transport } from '@sveltejs/kit/hooks';
import { deLocalizeUrl } from '#lib/paraglide/runtime.js';
import { OnServer } from './routes/on-server.ts';

/** `/en/units` and `/units` are one page in two languages. */
export const reroute: Reroute = ({ url }) => deLocalizeUrl(url).pathname;

/** What is for rendering only is not sent along. */
export const transport: Transport = {
	OnServer: {
		encode: (value) => value instanceof OnServer && [true],
		decode: () => new OnServer(undefined)
	}
};
