import { expect, test } from 'vitest';
import { clearSession, sessionCookie, setSession } from '../../src/routes/session-cookie.ts';
import { cookieJar } from './cookies.ts';

const https = new URL('https://bortfall.example.org/sign-in');
const local = new URL('http://localhost:3000/sign-in');
const always = { path: '/', httpOnly: true, sameSite: 'lax' };

test('over https a session has a name that binds it to this host, and is sent over https only', () => {
	const { cookies, values, set } = cookieJar();
	setSession(cookies, https, 'a.b');
	expect(Object.fromEntries(values)).toEqual({ '__Host-session': 'a.b' });
	expect(set.get('__Host-session')).toEqual({ ...always, secure: true });
	expect(sessionCookie(cookies, https)).toBe('a.b');
});

test('on localhost it has the plain name, which nobody believes over https', () => {
	const { cookies, values, set } = cookieJar();
	setSession(cookies, local, 'a.b');
	expect(Object.fromEntries(values)).toEqual({ session: 'a.b' });
	expect(set.get('session')).toEqual({ ...always, secure: false });
	expect(sessionCookie(cookies, https)).toBeUndefined();
});

test('a session that is cleared is gone', () => {
	const { cookies, values } = cookieJar({ '__Host-session': 'a.b' });
	clearSession(cookies, https);
	expect(values.size).toBe(0);
});
