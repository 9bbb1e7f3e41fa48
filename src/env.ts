import { existsSync, statSync } from 'node:fs';
import { building } from '$app/env';
import { defineEnvVars } from '@sveltejs/kit/env';

/** A whole number within bounds, or what is usual. */
const within =
	(usual: number, [least, most]: readonly [number, number], unit: string) =>
	(value: string | undefined): number => {
		const number = Number(value ?? usual);
		if (value === '' || !Number.isInteger(number) || number < least || number > most)
			throw new Error(`“${value}” is not a number of ${unit} from ${least} to ${most}`);
		return number;
	};

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
	PROXIES: {
		description:
			'How many proxies of ours a request comes through: the last of their X-Forwarded-For is believed.',
		schema: (value) => {
			const proxies = Number(value ?? 0);
			if (value === '' || !Number.isInteger(proxies) || proxies < 0 || proxies > 9)
				throw new Error(`“${value}” is not a number of proxies: 0 to 9`);
			return proxies;
		}
	},
	BORTFALL_TWO_PEOPLE: {
		description: 'Whether two administrators must approve a round before it is released: yes or no.',
		schema: (value) => {
			if (value !== undefined && value !== 'yes' && value !== 'no')
				throw new Error(`“${value}” is neither yes nor no`);
			return value === 'yes';
		}
	},
	BORTFALL_SMTP_URL: {
		description:
			'The mail server that rounds are sent by: smtp[s]://user:password@host:port. Without it mails are files.',
		schema: (value) => {
			if (value !== undefined && !(URL.canParse(value) && /^smtps?:\/\/[^/]/.test(value)))
				throw new Error('is not the address of a mail server: smtp://user:password@host:port, or smtps://…');
			return value;
		}
	},
	BORTFALL_MAIL_FROM: {
		description: 'Whom mails are from: mfr@example.org, or: The register <mfr@example.org>.',
		schema: (value) => {
			if (value !== undefined && !/^[^@\r\n]*[^@\s]@[^@\s]+$/.test(value))
				throw new Error(`“${value}” is not an address such as mfr@example.org`);
			return value;
		}
	},
	BORTFALL_MAIL_REPLY_TO: {
		description: 'Where answers to mails go; without it the mails say that they cannot be answered.',
		schema: (value) => {
			if (value !== undefined && !/^[^@\r\n]*[^@\s]@[^@\s]+$/.test(value))
				throw new Error(`“${value}” is not an address such as mfr@example.org`);
			return value;
		}
	},
	BORTFALL_MAIL_ATTACH: {
		description: 'Whether mails bring the report along as a PDF, or only say where it lies: yes or no.',
		schema: (value) => {
			if (value !== undefined && value !== 'yes' && value !== 'no')
				throw new Error(`“${value}” is neither yes nor no`);
			return value !== 'no';
		}
	},
	BORTFALL_OIDC_ISSUER: {
		description:
			"Issuer of the organisation's sign-in (OpenID Connect); without it people sign in here only.",
		schema: (value) => {
			if (value === undefined) return undefined;
			const url = URL.canParse(value) ? new URL(value) : undefined;
			const local = url?.protocol === 'http:' && url.hostname === 'localhost';
			if (!url || !(url.protocol === 'https:' || local))
				throw new Error(`“${value}” is not the address of an issuer: https://…`);
			return value;
		}
	},
	BORTFALL_OIDC_CLIENT_ID: {
		description: 'What this Bortfall is called there.',
		schema: (value) => value
	},
	BORTFALL_OIDC_CLIENT_SECRET: {
		description: 'Its secret there; without it Bortfall is a public client.',
		schema: (value) => value
	},
	BORTFALL_OIDC_CLAIM: {
		description: 'Which claim is the e-mail address of an account.',
		schema: (value) => value ?? 'email'
	},
	BORTFALL_OIDC_ACR: {
		description:
			'The level of sign-in that the issuer must confirm (acr), where two factors are not a matter of course.',
		schema: (value) => value
	},
	BORTFALL_OIDC_NAME: {
		description: 'What the button of that sign-in says: the name of the organisation.',
		schema: (value) => value
	},
	BORTFALL_NOTEBOOK_MEMORY_MB: {
		description: 'Memory that the SQL of notebooks may use, in megabytes; each of two runs side by side.',
		schema: within(1000, [200, 100_000], 'megabytes')
	},
	BORTFALL_NOTEBOOK_SECONDS: {
		description: 'So long may one SQL block of a notebook take.',
		schema: within(30, [1, 600], 'seconds')
	},
	BORTFALL_NOTEBOOK_ROWS: {
		description: 'So many rows of an SQL block are kept; the rest is cut off, and told of.',
		schema: within(100_000, [100, 1_000_000], 'rows')
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
