// @ts-check
/**
 * Serves the built app: `npm run build`, then `node server.js`. The settings are those of src/env.ts; a bad one stops
 * the start and is named.
 *
 * Kit's Node adapter takes the scheme and host of the app from headers. We set these ourselves from ORIGIN, so that
 * nobody else can, and so that forms also work over plain http.
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';

// what is written is for this user alone
process.umask(0o077);

const env = process.env;
env.PORT ??= '3000';
const isLocal = env.ORIGIN === undefined;
env.ORIGIN ??= `http://localhost:${env.PORT}`;
env.PROTOCOL_HEADER = 'x-forwarded-proto';
env.HOST_HEADER = 'x-forwarded-host';
// Whom attempts to sign in are counted by: the address that the outermost of our own proxies saw. Without a proxy
// nobody's word is taken for it.
if (Number(env.PROXIES) > 0) {
	env.ADDRESS_HEADER = 'x-forwarded-for';
	env.XFF_DEPTH = env.PROXIES;
}
// the largest original; src/requests/ holds every other route to far less
env.BODY_SIZE_LIMIT = String(1024 ** 3);

const built = new URL('./build/handler.js', import.meta.url);
if (!existsSync(built)) stop('There is no build yet. Make one with: npm run build');
const { handler } = await import(built.href).catch((error) =>
	stop(/\benv_invalid\b/.test(String(error)) ? badSettings(error.message) : (error.stack ?? String(error)))
);

const { protocol, host } = new URL(env.ORIGIN);
const port = Number(env.PORT);
// without an ORIGIN nobody but this machine is meant to come, under any of its names for itself
const ownNames = ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`);
const addresses = isLocal ? ['127.0.0.1', '::1'] : [undefined];

const servers = addresses.map((address) => {
	const server = createServer((request, response) => {
		const asked = request.headers.host ?? '';
		request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
		request.headers['x-forwarded-host'] = isLocal && ownNames.includes(asked) ? asked : host;
		if (env.ADDRESS_HEADER && request.headers['x-forwarded-for'] === undefined)
			request.headers['x-forwarded-for'] = request.socket.remoteAddress;
		dropSlow(request);
		handler(request, response, () => response.writeHead(404).end());
	});
	server.requestTimeout = 60 * 60 * 1000; // a gigabyte over a thin line
	server.headersTimeout = 20_000;
	server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
		if (address === '::1' && error.code !== 'EADDRINUSE') return; // a machine without IPv6
		if (error.code === 'EADDRINUSE')
			stop(
				`Port ${port} is taken by another program. Stop that one, or choose another port: PORT=3001 npm start`
			);
		if (error.code === 'EACCES')
			stop(`Port ${port} may not be used by this user. Choose one above 1023 with PORT.`);
		stop(`The server cannot listen: ${error.message}`);
	});
	return server.listen(port, address);
});
servers[0]?.once('listening', () => console.log(`Bortfall is at ${env.ORIGIN}`));

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => close(signal));

/**
 * Ends a request that does not come forward: a form has half a minute to arrive, an original may pause as long.
 *
 * @param {import('node:http').IncomingMessage} request
 */
function dropSlow(request) {
	const patience = 30_000;
	const drop = () => request.destroy(new Error('The request took too long to arrive.'));
	if (request.method === 'PUT') {
		const { socket } = request;
		socket.setTimeout(patience, drop);
		// a connection that is kept open for the next request must not go on holding those before it
		request.once('close', () => socket.setTimeout(0).removeListener('timeout', drop));
	} else {
		const timer = setTimeout(() => !request.complete && drop(), patience).unref();
		request.once('close', () => clearTimeout(timer));
	}
}

/** Lets requests under way end, for at most ten seconds, then tells the app and leaves. */
function close(/** @type {NodeJS.Signals} */ signal) {
	setTimeout(() => servers.forEach((server) => server.closeAllConnections()), 10_000).unref();
	const closed = servers.map((server) => new Promise((done) => server.close(done)));
	servers.forEach((server) => server.closeIdleConnections());
	Promise.all(closed).then(() => {
		// the adapter's own event: whoever holds files or workers lets go of them
		process.emit(/** @type {any} */ ('sveltekit:shutdown'), /** @type {any} */ (signal));
		// a mail that is going out, and a report that is being made, get their time
		setTimeout(() => process.exit(), 10_000).unref();
	});
}

/** @param {string} message Kit's account of the settings it refused */
function badSettings(message) {
	const list = message.split('\n').filter((line) => /^[A-Z_]+$|^\s+- /.test(line));
	return `Bortfall cannot start with these settings:\n\n${list.join('\n')}`;
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
	console.error(message);
	process.exit(1);
}
