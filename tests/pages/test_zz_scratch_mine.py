import json
from datetime import date, timedelta, datetime, UTC
import pytest
from tests.pages.samples import acl, arxiv
from search.indexing.keywords import follow_keywords
pytestmark = pytest.mark.browser

@pytest.fixture
def site(live_server, keep, index):
    days=[date(2025,3,d) for d in (11,12,13,14,17,18)]
    n=0
    recs=[]
    for d in days:
        for cats in (("cs.CL",),("cs.AI","cs.CL"),("cs.LG","cs.AI"),("hep-th",),("math.CO",),("stat.ML","cs.LG")):
            n+=1
            recs.append(arxiv(f"2503.{n:05}", categories=cats, day=d, title=f"A study of retrieval and sparse attention number {n}", keywords=("sparse attention","retrieval",f"trees {n%5}")))
    keep(*recs)
    keep(acl("P19-1001"), acl("P18-1001", edition="ACL.2018"), acl("N1", edition="NAACL.2021"), acl("E1", edition="EMNLP.2022"))
    index(); follow_keywords()
    return str(live_server.url)

def seed(page):
    page.evaluate("""async () => {
      const s = await import('/static/papers/js/store.js');
      for (const c of ['cs.CL','cs.AI','hep-th','astro-ph.CO']) s.choose('categories', c);
      s.choose('excluded','cs.CY'); s.choose('venues','ACL'); s.choose('venues','EMNLP'); s.choose('authors','Ada Lovelace'); s.choose('searches','ti:attention cat:cs.CL');
      const kws=['sparse attention','retrieval','diffusion models','graph neural networks','protein folding','language models','reinforcement learning','beam search','machine translation','speech recognition','causal inference','quantum error correction','dark matter'];
      for (let i=0;i<40;i++) (i%3? s.opened: (p)=>s.star(p))({key:'2503.000'+String(10+i), url:'/arxiv/2503.000'+(10+i), title:'A study of retrieval and sparse attention number '+i, keywords:[kws[i%13], kws[(i*i)%13], kws[0]]}, ['page','pdf','related'][i%3]);
      s.setWords({wanted:['retrieval','beam search'], unwanted:['robots']});
      localStorage.setItem('coolpapers.visits', JSON.stringify({version:1,data:{'cs.CL':{day:'2025-03-13',at:'2025-03-13',before:''},'cs.AI':{day:'2025-03-14',at:'2025-03-14',before:''},'hep-th':{day:'2025-03-18',at:'2025-03-18',before:''}}}));
    }""")

def test_shots(visit, site):
    for width in (1280, 390):
        for scheme in ("light","dark"):
            seen = visit("/", width, color_scheme=scheme)
            seen.page.screenshot(path=f"/work/exp/shots/mine_home0_{width}_{scheme}.png")
            seed(seen.page)
            for name, path in (("home","/"),("mine","/mine"),("day","/arxiv/cs.CL"),("edition","/venue/ACL"),("author","/author/Ada%20Lovelace")):
                seen.page.goto(site+path); seen.page.wait_for_timeout(400)
                seen.page.screenshot(path=f"/work/exp/shots/mine_{name}_{width}_{scheme}.png", full_page=name=="mine")
            page=seen.page
            page.goto(site+"/mine"); page.wait_for_timeout(300)
            for part in ("categories","follows","words","stars","read","file"): page.locator("#"+part).screenshot(path=f"/work/exp/shots/part_{part}_{width}_{scheme}.png")
            page.locator(".picker summary").click(); page.locator("#picker-filter").fill("quantum"); page.locator("#categories").screenshot(path=f"/work/exp/shots/part_picker_{width}_{scheme}.png")
            page.goto(site+"/venue"); page.wait_for_timeout(200); page.screenshot(path=f"/work/exp/shots/mine_venues_{width}_{scheme}.png")
            page.goto(site+"/arxiv/cs.CL"); href=page.locator("a.by-mine").get_attribute("href"); print(href)
            page.locator("a.by-mine").click(); page.wait_for_load_state(); 
            page.locator(".from-star").first.click()
            page.screenshot(path=f"/work/exp/shots/mine_sorted_{width}_{scheme}.png")
            print(width, scheme, seen.complaints)
