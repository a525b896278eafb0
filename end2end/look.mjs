import { chromium as b } from "@playwright/test";
const out="/tmp/geoexp/pics"; import { mkdirSync } from "node:fs"; mkdirSync(out,{recursive:true});
const base=process.argv[2]; const js=process.argv[3]!=="nojs";
const br = await b.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox","--disable-gpu"]});
const P={areas:"/vi/dia-ban",overview:"/vi",communes:"/en/tables/cases-commune?by=area-commune",districts:"/vi/bang/case-flow-area?by=area-district&period=2026-Q3"};
for (const [name,o] of [["light",{viewport:{width:1280,height:900}}],["dark",{viewport:{width:1280,height:900},colorScheme:"dark"}],["phone",{viewport:{width:360,height:740},deviceScaleFactor:2,isMobile:true,hasTouch:true}],["print",{viewport:{width:718,height:1047}}]]) {
  const c = await br.newContext({...o,javaScriptEnabled:js}); const p = await c.newPage(); p.on("console",m=>console.log(name,m.text())); p.on("requestfailed",r=>console.log("failed",r.url()));
  for (const [k,u] of Object.entries(P)) {
    await p.goto(base+u,{waitUntil:"networkidle"});
    if(name==="print") { await p.emulateMedia({media:"print"}); await p.pdf({path:`${out}/${k}.pdf`,format:"A4"}); }
    const m = p.locator("svg.tilemap").first(); await m.scrollIntoViewIfNeeded();
    const f = p.locator("figure:has(svg.tilemap), .mapbox").first();
    await f.screenshot({path:`${out}/${k}.${name}.png`});
    if(name!=="print") { const w=await p.evaluate(()=>document.documentElement.scrollWidth); if(w>o.viewport.width) console.log(name,k,"wide",w); }
  }
  await c.close();
}
await br.close();
