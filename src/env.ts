import { existsSync, statSync } from 'node:fs';
import { building } from '$app/env';
import { defineEnvVars } from '@sveltejs/kit/env';

/** The settings of a running Bortfall, checked when it starts. docs/settings.md describes them for people. */
export const variables = defineEnvVars({
	BORTFALL_DATA: {
		description: 'Folder of the state: register, originals, keys. Made when it is missing.',
		schema: (value) => {
			const folder = value ?? 'var';
			if (folder.trim() === '') throw new Error('names a folder, and is empty');
			if (existsSync(folder) && !statSync(folder).isDirectory())
				throw new Error(`“${folder}” is a file, not a folder`);
			return folder;
		}
	},
	BORTFALL_REGISTER: {
		description: "Folder of the register's definition: catalogue, units, forms, profiles.",
		schema: (value) => {
			const folder = value ?? 'data/mfr';
			// a build knows no register yet
			if (!building && !existsSync(`${folder}/catalogue`))
				throw new Error(`“${folder}” holds no register definition: it has no folder “catalogue”`);
			return folder;
		}
	},
	PORT: {
		description: 'Port that the server listens on.',
		schema: (value) => {
			const port = Number(value ?? 3000);
			if (value === '' || !Number.isInteger(port) || port < 1 || port > 65535)
				throw new Error(`“${value}” is not a port: a whole number from 1 to 65535 is needed`);
			return port;
		}
	},
	ORIGIN: {
		description: 'Address that people reach Bortfall at, without a path.',
		schema: (value) => {
			const origin = value ?? 'http://localhost:3000';
			const url = URL.canParse(origin) ? new URL(origin) : undefined;
			if (!url || !/^https?:$/.test(url.protocol) || url.origin !== origin.replace(/\/$/, ''))
				throw new Error(`“${origin}” is not an origin such as https://bortfall.example.org (no path)`);
			return url.origin;
		}
	}
});
