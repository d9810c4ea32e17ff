/** Policy of the simulators' pages for people: no script at all, forms to themselves. */
export const CONTROL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** One look for the simulators' pages; readable at 360 px. */
export const CONTROL_STYLE = `
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;background:#f6f5f1;color:#22211e;font:17px/1.7 system-ui,"PingFang TC","Noto Sans TC",sans-serif}
main{max-width:44rem;margin:0 auto;padding:1rem}
.mark{background:#7a3b00;color:#fff;padding:.5rem 1rem;text-align:center}
h1{font-size:1.5rem;line-height:1.3;margin:1rem 0 .25rem}h2{font-size:1.15rem;margin:0 0 .5rem}
section{background:#fff;border:1px solid #d9d5ca;border-radius:.5rem;padding:1rem;margin:1rem 0}
[lang=en]{color:#5c594f;font-size:.9em}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.5rem 0}dt{color:#5c594f}dd{margin:0}
code,.value{font:600 1.05em ui-monospace,monospace;letter-spacing:.04em;overflow-wrap:anywhere}
form{display:flex;flex-wrap:wrap;gap:.5rem;margin:.5rem 0}
select,input{font:inherit;padding:.35rem .5rem;border:1px solid #8d887a;border-radius:.3rem;background:#fff;min-width:0;
max-width:100%;flex:1 1 12rem}
button{font:inherit;padding:.35rem .9rem;border:1px solid #1d4f5c;border-radius:.3rem;background:#1d4f5c;color:#fff;
cursor:pointer}button.quiet{background:#fff;color:#1d4f5c}
:focus-visible{outline:3px solid #c86b00;outline-offset:2px}
.state{font-weight:600}.bad{color:#a01c1c}`;
