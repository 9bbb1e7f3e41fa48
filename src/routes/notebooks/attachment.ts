/** A file to download; its name has only letters, digits, dots, low lines and hyphens. */
export const attachment = (
	body: BodyInit,
	type: string,
	name: string,
	headers: Record<string, string> = {}
) =>
	new Response(body, {
		headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, ...headers }
	});
