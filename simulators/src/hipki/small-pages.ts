import { escapeHtml } from '../loopback.ts';
import { SERVER_VERSION } from './slots.ts';

/** One transparent pixel. */
export const WAITING_GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Policy of the page that asks whether to trust a site. */
export const ADD_DOMAIN_POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'";

const STYLE =
  'body{font:16px/1.7 system-ui,sans-serif;margin:1rem;color:#222}h1{font-size:1.1rem}button{font:inherit;padding:.4rem 1rem}';

/**
 * Page of `/addDomain`: the person adds the site by a button, and only then. It posts `{ret_code,…}` without
 * `func` to its opener and closes; refusing answers 0x76000999.
 */
export function addDomainPage(domain: string): string {
  const shown = escapeHtml(domain);
  return `<!doctype html>
<html lang="zh-Hant-TW"><head><meta charset="utf-8"><title>加入信任網站 Trust this site?</title>
<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head>
<body><main><h1>模擬讀卡元件 <span lang="en">SIM card component</span></h1>
<p>是否信任 <strong id="domain" data-domain="${shown}">${shown}</strong>？<br>
<span lang="en">Trust this site?</span></p>
<p><button id="add" type="button">加入 Add</button> <button id="cancel" type="button">取消 Cancel</button></p></main>
<script>'use strict';
(function () {
  var domain = document.getElementById('domain').getAttribute('data-domain');
  function finish(text) { if (window.opener) window.opener.postMessage(text, '*'); window.close(); }
  document.getElementById('cancel').onclick = function () { finish('{"ret_code":1979713945}'); };
  document.getElementById('add').onclick = function () {
    var request = new XMLHttpRequest();
    request.onload = function () { finish(request.responseText); };
    request.open('POST', '/addDomain');
    request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    request.send('domain=' + encodeURIComponent(domain));
  };
})();</script></body></html>`;
}

/** Page of `/selfTest.htm`. */
export function selfTestPage(): string {
  return `<!doctype html>
<html lang="zh-Hant-TW"><head><meta charset="utf-8"><title>自我檢測 Self test</title>
<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head>
<body><main><h1>模擬讀卡元件 <span lang="en">SIM card component</span></h1>
<p>元件執行中，版本 ${SERVER_VERSION}。<br><span lang="en">The component is running.</span></p></main></body></html>`;
}
