import { tableResponse } from '../../table-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => tableResponse(event, 'arrow');
