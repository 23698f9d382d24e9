#pragma once
// The style sheet of the page. It stands inside the page and its digest in the page's policy.
// Blue is up and orange is down: red means up in Seoul and down in New York.

#include <string_view>

namespace wiremill::cli {

inline constexpr std::string_view kBoardStyle = R"css(
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#15191f;--soft:#5c6673;--line:#e1e5ea;
--up:#1565c0;--down:#c2570c;--bar:#3f6fb5;--track:#e9edf2;--held:#8a5a00}
@media (prefers-color-scheme:dark){:root{--bg:#0f1318;--card:#171c23;--ink:#e6eaf0;--soft:#97a3b2;
--line:#2a323c;--up:#6aa9ff;--down:#ff9a52;--bar:#5d8fd6;--track:#252d37;--held:#e0b050}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);line-height:1.45;font-size:14px;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Apple SD Gothic Neo",
"Malgun Gothic","Noto Sans KR","Noto Sans CJK KR",sans-serif}
header,main,footer{max-width:1360px;margin:0 auto;padding:0 20px}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 18px;padding-top:18px}
h1{font-size:20px;margin:0;letter-spacing:-.01em}
header p,footer p{margin:0;color:var(--soft)}
main{display:grid;grid-template-columns:minmax(0,7fr) minmax(0,6fr);gap:16px;padding-top:14px;
padding-bottom:14px;align-items:start}
.column{display:grid;gap:16px;min-width:0}
td.w{white-space:nowrap}.total td{font-weight:600}
.total .soft{font-weight:400}
.wide{grid-column:1/-1}
@media (max-width:900px){main{grid-template-columns:minmax(0,1fr)}}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:14px 16px;
overflow-x:auto}
h2{font-size:15px;margin:0 0 2px}
h2 small,h3 small{font-weight:400;color:var(--soft);font-size:13px}
h3{font-size:12px;margin:14px 0 2px;color:var(--soft);font-weight:600}
.sub{margin:0 0 8px;color:var(--soft);font-size:13px}
table{border-collapse:collapse;width:100%}
th{font-weight:500;color:var(--soft);font-size:12px;text-align:left;padding:3px 8px 3px 0;
border-bottom:1px solid var(--line);white-space:nowrap}
td{padding:4px 8px 4px 0;border-bottom:1px solid var(--line);vertical-align:middle}
tr:last-child td{border-bottom:0}
th:last-child,td:last-child{padding-right:0}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.n,th.n{padding-left:8px}td.n+td:not(.n),th.n+th:not(.n){padding-left:12px}
.up{color:var(--up)}.down{color:var(--down)}.soft{color:var(--soft)}
.ko{color:var(--soft);font-size:12px}
.bar{width:24%;min-width:80px}
svg{display:block;width:100%;height:10px}
.track{fill:var(--track)}.fill{fill:var(--bar)}.fillup{fill:var(--up)}.filldown{fill:var(--down)}
.axis{fill:var(--soft)}
.pill{display:inline-block;border:1px solid var(--line);border-radius:9px;padding:0 7px;
font-size:12px;color:var(--soft);white-space:nowrap}
.held{color:var(--held);border-color:var(--held)}
ol{list-style:none;margin:0;padding:0}
li{padding:8px 0;border-bottom:1px solid var(--line)}
li:last-child{border-bottom:0;padding-bottom:0}
.what{display:flex;justify-content:space-between;gap:12px}
.what b{font-weight:600}
q{display:block;margin:2px 0;padding-left:9px;border-left:3px solid var(--line);quotes:none;
overflow-wrap:anywhere;unicode-bidi:isolate}
.from{color:var(--soft);font-size:12.5px;overflow-wrap:anywhere;unicode-bidi:isolate}
a{color:inherit;text-decoration-color:var(--soft);text-underline-offset:2px}
footer{padding-bottom:22px;font-size:13px}
@media (max-width:560px){header,main,footer{padding-left:10px;padding-right:10px}
section{padding:12px}.bar{display:none}.what{flex-wrap:wrap;gap:0 12px}td.w{white-space:normal}}
)css";

}  // namespace wiremill::cli
