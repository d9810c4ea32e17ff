import { CONTROL_STYLE } from '../control-style.ts';
import type { IdentityServiceState } from './identity-server.ts';
import { IDENTITY_FAULTS, type IdentityFault } from './identity-service.ts';

const FAULTS: Readonly<Record<IdentityFault, readonly [string, string]>> = {
  none: ['正常', 'Works as it should'],
  silent: ['不回應', 'Silent: takes the request and never answers'],
  'http-503': ['暫停服務（503）', 'Out of service (503)'],
  'wrong-nonce': ['回應的 Nonce 不符', 'Answer with another Nonce'],
  'wrong-client': ['回應的 ClientID 不符', 'Answer with another ClientID'],
  'wrong-count': ['回應的筆數不符', 'Answer with another count'],
  truncated: ['回應被截斷', 'Truncated answer'],
  garbage: ['回應不是 XML', 'Answer that is not the service’s XML'],
  'database-down': ['資料庫無法連線（ErrID 1022）', 'Database down (ErrID 1022)'],
  'record-errors': ['逐筆資料庫錯誤（Code 999）', 'Database error for each record (Code 999)'],
};

/** Page for people: choose how the service behaves. No script; state changes by same-origin POST. */
export function identityControlPage(state: Readonly<IdentityServiceState>): string {
  const options = IDENTITY_FAULTS.map((fault) => {
    const [zh, en] = FAULTS[fault];
    return `<option value="${fault}"${fault === state.fault ? ' selected' : ''}>${zh} · ${en}</option>`;
  }).join('');
  const [zh, en] = FAULTS[state.fault];
  return `<!doctype html>
<html lang="zh-Hant-TW"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>模擬身分確認服務 SIM identity service</title><style>${CONTROL_STYLE}</style></head><body>
<header class="mark">模擬，非內政部服務 <span lang="en">· Simulator, not the ministry’s service</span></header>
<main><h1>模擬身分確認服務</h1>
<p lang="en">Simulated identity confirmation service (ICS)</p>
<section><h2>現況 <span lang="en">Now</span></h2>
<p class="state">${zh} <span lang="en">${en}</span></p>
<form method="post" action="/control">
<label class="grow">行為 <span lang="en">Behaviour</span>
<select name="fault">${options}</select></label>
<label class="grow">延遲毫秒 <span lang="en">Delay, ms</span>
<input name="delay" inputmode="numeric" pattern="[0-9]{1,5}" value="${state.delayMs}"></label>
<button>套用 <span lang="en">Apply</span></button></form></section></main></body></html>`;
}
