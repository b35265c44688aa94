import { launch } from "./browser.js";
import { Desk } from "./desk.js";
const url="http://127.0.0.1:8188";
const b=await launch();
const [who,...paths]=process.argv.slice(2);
for (const path of paths) for (const [w,scheme,locale] of [[1280,"light","en-GB"],[360,"light","ar"],[1280,"dark","fr"]]) {
  const d=await Desk.open(b,url,who,{width:w,scheme,locale});
  await d.goTo(path);
  await d.page.screenshot({path:`/tmp/w/shots8/${who}-${path.split("/").pop().split("?")[0]}-${w}-${locale}.png`,fullPage:true});
  if (d.complaints.length) console.log(d.complaints);
  await d.close();
}
await b.close();
