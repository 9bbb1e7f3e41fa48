/** A process that empties the outbox of a data folder to a mail server on a port of this machine, to be killed at it. */
import { openRounds } from '#lib/server/rounds/open.ts';
import { dispatch } from '#lib/server/rounds/dispatch.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { smtpPost } from '#lib/server/rounds/smtp-post.ts';

const [folder = '', port = ''] = process.argv.slice(2);
const definition = await loadDefinition('data/mfr');
const rounds = openRounds(folder);
console.log('ready');
await dispatch(rounds, {
	post: smtpPost({ host: '127.0.0.1', port: Number(port), secure: false }),
	definition,
	origin: 'https://bortfall.example.org',
	settings: { from: { name: '', address: 'mfr@register.example' }, attach: true },
	now: Date.now
});
rounds.close();
