import { notebookResponse } from '../notebook-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => notebookResponse(event, 'pdf');
