/**
 * What a load hands to its page for rendering, and to nobody else. Kit writes out all that a load returns, also
 * for a page that runs no script and has no use for it; with the whole catalogue that took longer than to render
 * the page. In the browser there is nothing in it.
 */
export class OnServer<Data> {
	readonly data: Data;
	constructor(data: Data) {
		this.data = data;
	}
}
