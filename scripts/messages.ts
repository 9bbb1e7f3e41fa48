/**
 * Compiles messages/*.json to src/lib/paraglide, as the build does, for the commands and tests that run without Vite:
 *
 *     node scripts/messages.ts
 */
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';

/** How the build and this command compile the messages: Swedish has the plain address, English the prefix `/en`. */
export const messages: Parameters<typeof compile>[0] = {
	project: './project.inlang',
	outdir: './src/lib/paraglide',
	outputStructure: 'locale-modules',
	strategy: ['url', 'baseLocale'],
	urlPatterns: [
		// the start page apart: the general pattern would give it as /en/, which Kit redirects to /en
		{
			pattern: ':protocol://:domain(.*)::port?/',
			localized: [
				['en', ':protocol://:domain(.*)::port?/en'],
				['sv', ':protocol://:domain(.*)::port?/']
			]
		},
		{
			pattern: ':protocol://:domain(.*)::port?/:path(.*)?',
			localized: [
				['en', ':protocol://:domain(.*)::port?/en/:path(.*)?'],
				['sv', ':protocol://:domain(.*)::port?/:path(.*)?']
			]
		}
	],
	emitReadme: false
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await compile({ ...messages, cleanOutdir: false });
