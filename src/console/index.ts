/** 領銜人專區: the lead proposer's console. */
export { type Console, type ConsoleDeps, createConsole } from './console.ts';
export type { ConsoleRoutesDeps, Person } from './console-context-routes.tsx';
export { consoleRoutes } from './console-routes.tsx';
export { embedRoutes } from './embed-routes.tsx';
