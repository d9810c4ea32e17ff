/** 領銜人專區: the lead proposer's console. */
export { type Console, createConsole } from './console.ts';
export { embedRoutes } from './embed-routes.tsx';
