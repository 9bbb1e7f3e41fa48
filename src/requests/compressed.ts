/** Text goes out as gzip to whoever reads it; static files are compressed by the build. */
export function compressed(response: Response, request: Request): Response {
	const { headers, body, status } = response;
	if (!body || !/^(text\/|image\/svg|application\/json)/.test(headers.get('content-type') ?? ''))
		return response;
	headers.append('vary', 'accept-encoding');
	if (headers.has('content-encoding') || !/\bgzip\b/.test(request.headers.get('accept-encoding') ?? ''))
		return response;
	headers.set('content-encoding', 'gzip');
	headers.delete('content-length');
	return new Response(body.pipeThrough(new CompressionStream('gzip')), { status, headers });
}
