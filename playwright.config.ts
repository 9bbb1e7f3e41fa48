import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/chromium.mjs';
import { stateOf } from './tests/e2e/signed-in.ts';

/** A port that nobody uses at the moment. */
function freePort(): Promise<number> {
	return new Promise((done) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => done(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

// the workers read this file anew, and must come to the same address
const port = (process.env.BORTFALL_E2E_PORT ??= String(await freePort()));
const baseURL = `http://localhost:${port}`;
// where the server of the tests keeps its data and writes its log: one test reads every byte of them
const folder = (process.env.BORTFALL_E2E_FOLDER ??= join(tmpdir(), `bortfall-e2e-${port}`));

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.spec.ts',
	fullyParallel: true,
	forbidOnly: true,
	workers: 2,
	reporter: 'line',
	globalSetup: './tests/e2e/sign-in-all.ts',
	use: {
		baseURL,
		storageState: stateOf('administrator'),
		locale: 'sv-SE',
		timezoneId: 'Europe/Stockholm',
		launchOptions: {
			executablePath: findChromium(),
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	},
	projects: [{ name: 'chromium', use: devices['Desktop Chrome'] }],
	webServer: {
		command: 'node tests/e2e/serve.mjs',
		env: { PORT: port, ORIGIN: baseURL, PROXIES: '1', BORTFALL_E2E_FOLDER: folder },
		url: `${baseURL}/favicon.svg`,
		timeout: 180_000,
		reuseExistingServer: false,
		gracefulShutdown: { signal: 'SIGTERM', timeout: 5000 },
		stdout: 'ignore',
		stderr: 'pipe'
	}
});
