/** Policy of the simulators' pages for people: no script at all, forms to themselves. */
export const CONTROL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** One look for the simulators' pages; readable at 360 px. */
export const CONTROL_STYLE = `
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;background:#f6f5f1;color:#22211e;font:17px/1.7 system-ui,"PingFang TC","Noto Sans TC",sans-serif}
main{max-width:44rem;margin:0 auto;padding:1rem}
.mark{margin:0;background:#7a3b00;color:#fff;padding:.5rem 1rem;text-align:center}
h1{font-size:1.5rem;line-height:1.3;margin:1rem 0 0}h1+p{margin:0}h2{font-size:1.15rem;margin:0 0 .5rem}
section{background:#fff;border:1px solid #d9d5ca;border-radius:.5rem;padding:1rem;margin:1rem 0}
[lang=en]{color:#5c594f;font-size:.9em;font-weight:400}.mark [lang=en],button [lang=en]{color:inherit}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.25rem 0;align-items:baseline}
dt{color:#5c594f}dd{margin:0}
code,.value{font:600 1.05em ui-monospace,monospace;letter-spacing:.04em;overflow-wrap:anywhere}
form,.row{display:flex;flex-wrap:wrap;gap:.5rem;margin:.5rem 0;align-items:end}.row form{margin:0}
.grow{flex:1 1 12rem;min-width:0;align-self:center}
select,input{font:inherit;width:100%;padding:.35rem .5rem;border:1px solid #8d887a;border-radius:.3rem;background:#fff}
button{font:inherit;min-height:2.75rem;padding:.35rem .9rem;border:1px solid #1d4f5c;border-radius:.3rem;
background:#1d4f5c;color:#fff;cursor:pointer}button.quiet{background:#fff;color:#1d4f5c}
:focus-visible{outline:3px solid #c86b00;outline-offset:2px}
.cards{list-style:none;margin:0;padding:0}.cards li{display:flex;flex-wrap:wrap;gap:0 .5rem;
align-items:center;border-top:1px solid #e6e2d8;padding:.4rem 0}.cards form{margin:.25rem 0}.cards .grow{flex-basis:9rem}
.cards li:first-child{border-top:0}
.state{font-weight:600;margin:.25rem 0}.bad{color:#a01c1c}`;
