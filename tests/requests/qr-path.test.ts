import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrPath } from '../../src/routes/sign-in/enrol/qr-path.ts';

test('the path of a QR code covers its dark modules, all of them and no other', () => {
	const text = 'otpauth://totp/Bortfall:maria.berg%40demo.example?secret=JBSWY3DPEHPK3PXP&issuer=Bortfall';
	const { size, path } = qrPath(text);
	const drawn = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
	for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
		drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
	const { data } = encode(text, { ecc: 'M', border: 4 });
	expect(drawn).toEqual(data);
	expect(path.replace(/M\d+ \d+h(\d+)v1h-\1z/g, '')).toBe('');
});
