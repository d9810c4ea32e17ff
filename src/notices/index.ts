/** 公告與公示: what authorities announce, owe and have switched on, and automatic notices, as public pages. */
export { noticesApi } from './notices-api.ts';
export { noticesRoutes } from './notices-routes.tsx';
export { readNotices } from './read-notices.ts';
