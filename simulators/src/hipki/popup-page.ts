/** How the bridge page is to behave: what the component's fault makes of it. */
export type PopupBehaviour = {
  /** Milliseconds before the page says it is ready. */
  readonly readyAfterMs: number;
  /** Closes itself instead of answering. */
  readonly closesEarly: boolean;
  /** Posts an object, as browser extensions do, before its own messages. */
  readonly noisy: boolean;
};

/** Policy of the bridge page: its own script and requests to its own origin. */
export const POPUP_POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'";

/**
 * The script of `/popupForm` (identity.md §2.2). It says `getTbs`, waits for one payload from its opener, asks
 * the component by same-origin XHR, posts the raw answer back and closes.
 *
 * The JSON goes into the form field without encoding, on purpose: that is the escaping trap of §2.3.
 */
const POPUP_SCRIPT = `'use strict';
(function () {
  var settings = JSON.parse(document.getElementById('settings').textContent);
  var opener = window.opener;
  var status = document.getElementById('status');
  var served = false;
  if (!opener) { status.textContent = '請由網站開啟本視窗 Open this window from a website'; return; }
  function ask(payload, text, origin) {
    var request = new XMLHttpRequest();
    request.onload = function () { opener.postMessage(request.responseText, origin); window.close(); };
    request.onerror = function () { opener.postMessage('{"ret_code":1979711501}', origin); window.close(); };
    var paths = {
      CheckEnvir: '/pkcs11info', pkcs11info: '/pkcs11info', GetUserCert: '/pkcs11info?withcert=true',
      MakeSignature: '/sign', umakeSig: '/umakeSig', DecryptData: '/decrypt'
    };
    var path = Object.prototype.hasOwnProperty.call(paths, payload.func) ? paths[payload.func] : '';
    if (!path) { opener.postMessage('{"ret_code":1979711502}', origin); window.close(); return; }
    request.open('POST', path);
    request.setRequestHeader('X-Opener-Origin', origin);
    request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    request.send(path.indexOf('/pkcs11info') === 0 ? '' : 'tbsPackage=' + text);
  }
  window.addEventListener('message', function (event) {
    if (served || event.source !== opener || typeof event.data !== 'string') return;
    served = true;
    if (settings.closesEarly) { window.close(); return; }
    status.textContent = '處理中 Working…';
    var payload;
    try { payload = JSON.parse(event.data); } catch (error) { payload = null; }
    if (!payload) { opener.postMessage('{"ret_code":1979711499}', event.origin); window.close(); return; }
    ask(payload, event.data, event.origin);
  });
  setTimeout(function () {
    if (settings.noisy) opener.postMessage({ source: 'some-extension' }, '*');
    opener.postMessage('{"func":"getTbs"}', '*');
  }, settings.readyAfterMs);
})();`;

/** The bridge page. */
export function popupPage(behaviour: PopupBehaviour): string {
  return `<!doctype html>
<html lang="zh-Hant-TW"><head><meta charset="utf-8"><title>模擬讀卡元件 SIM card component</title>
<meta name="viewport" content="width=device-width"><style>body{font:14px/1.6 system-ui,sans-serif;margin:1rem;color:#333}h1{font-size:1rem}</style></head>
<body><main><h1>模擬 SIM</h1><p id="status" role="status">連線中 Connecting…</p></main>
<script type="application/json" id="settings">${JSON.stringify(behaviour)}</script>
<script>${POPUP_SCRIPT}</script></body></html>`;
}
