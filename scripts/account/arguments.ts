import { parseArgs } from 'node:util';
import { roles, type Role } from '#lib/access/role.ts';
import type { LinkKind } from '#lib/server/access/links.ts';
import { UsageError } from '../import/arguments.ts';

export const usage = `npm run account -- --email E-MAIL --name NAME --role ${roles.join('|')}
	[--unit UNIT]… for a unitManager  [--region REGION]… for a coordinator
npm run account -- --email E-MAIL --link invitation|reset
npm run account -- --email E-MAIL --open | --close | --remove-second-factor
npm run account -- --list
Each with [--data DIR] [--register DIR].`;

/** An account as the command line describes it; units and regions as they are written. */
export type Described = { name: string; role: Role; units: string[]; regions: string[] };

/** What the command is asked to do, to which account. */
export type Asked =
	| { does: 'list' }
	| ({ does: 'make'; email: string } & Described)
	| { does: 'link'; email: string; kind: LinkKind }
	| { does: 'open' | 'close' | 'removeSecondFactor'; email: string };

export type AccountArguments = { asked: Asked; data: string; register: string; origin: string };

/** Reads the command line. Throws UsageError. */
export function readArguments(
	args: string[],
	environment: Record<string, string | undefined>
): AccountArguments {
	const values = parsed(args);
	return {
		asked: whatIsAsked(values),
		data: values.data ?? environment.BORTFALL_DATA ?? 'var',
		register: values.register ?? environment.BORTFALL_REGISTER ?? 'data/mfr',
		origin: (environment.ORIGIN ?? 'http://localhost:3000').replace(/\/$/, '')
	};
}

function whatIsAsked(values: ReturnType<typeof parsed>): Asked {
	const { list, link, open, close, email, name } = values;
	const removeSecondFactor = values['remove-second-factor'];
	const chosen = [list, link, open, close, removeSecondFactor].filter((each) => each !== undefined);
	if (chosen.length > 1)
		throw new UsageError('Say one of --list, --link, --open, --close and --remove-second-factor.');
	if (list) return { does: 'list' };
	if (email === undefined) throw new UsageError('--email is missing: whose account is it?');
	if (link !== undefined) {
		if (link !== 'invitation' && link !== 'reset')
			throw new UsageError(`--link is invitation or reset, not “${link}”.`);
		return { does: 'link', email, kind: link };
	}
	if (open) return { does: 'open', email };
	if (close) return { does: 'close', email };
	if (removeSecondFactor) return { does: 'removeSecondFactor', email };
	if (name === undefined) throw new UsageError('--name is missing: what is the person called?');
	const role = roles.find((each) => each === values.role);
	if (!role) throw new UsageError(`--role is one of ${roles.join(', ')}.`);
	return { does: 'make', email, name, role, units: values.unit ?? [], regions: values.region ?? [] };
}

function parsed(args: string[]) {
	const text = { type: 'string' } as const;
	const texts = { type: 'string', multiple: true } as const;
	const yes = { type: 'boolean' } as const;
	try {
		return parseArgs({
			args,
			options: {
				data: text,
				register: text,
				email: text,
				name: text,
				role: text,
				unit: texts,
				region: texts,
				link: text,
				list: yes,
				open: yes,
				close: yes,
				'remove-second-factor': yes
			}
		}).values;
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}
