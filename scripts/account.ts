/**
 * Makes the first account of a register, and helps where nobody can sign in to do it; also while the server runs:
 *
 *     npm run account -- --data DIR --email E-MAIL --name NAME --role administrator
 *
 * Prints the address of the link by which the person chooses a password. Ends with 2 when an argument cannot be used.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DefinitionError } from '#lib/catalogue/source.ts';
import { openAccess } from '#lib/server/access/open.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { answer } from './account/answer.ts';
import { readArguments, usage } from './account/arguments.ts';
import { UsageError } from './import/arguments.ts';

try {
	const { asked, data, register, origin } = readArguments(process.argv.slice(2), process.env);
	if (asked.does !== 'make' && !existsSync(join(data, 'accounts.sqlite')))
		throw new UsageError(`--data: there are no accounts in ${data}.`);
	const definition = await loadDefinition(register);
	const access = openAccess(data);
	try {
		console.log(answer(access, asked, origin, definition, Date.now()).join('\n'));
	} finally {
		access.close();
	}
} catch (error) {
	if (!(error instanceof UsageError) && !(error instanceof DefinitionError)) throw error;
	console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error.message);
	process.exitCode = 2;
}
