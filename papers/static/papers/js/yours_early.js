// Runs where it stands, before what comes after it is laid out: what the reader chose and missed has its place on the
// page from the first paint on. yours.js fills in the rest. Storage may hold anything: only what fits is shown.
{
  const script = document.currentScript;
  const isDay = (value) => /^\d{4}-\d\d-\d\d$/.test(value);
  const isCode = (value) => /^[A-Za-z][A-Za-z.-]{0,39}$/.test(value);
  const kept = (part) => {
    try {
      return JSON.parse(localStorage.getItem(`coolpapers.${part}`)).data ?? {};
    } catch {
      return {};
    }
  };
  const list = (value) => (Array.isArray(value) ? value : []);
  const today = new Date().toISOString().slice(0, 10);
  const visits = kept("visits");

  const seenBefore = (code) => {
    const visit = Object.hasOwn(visits, code) ? visits[code] : null;
    const day = visit?.at === today ? visit.before : visit?.day;
    return isDay(day) ? day : "";
  };

  /** Shows a line that says since when lists came that the reader did not see: those after `day`, up to `newest`. */
  const showSince = (line, codes, newest) => {
    const day = codes.map(seenBefore).filter(Boolean).sort()[0];
    if (!day || !isDay(newest) || day >= newest) return;
    const time = line.querySelector("time");
    time.dateTime = day;
    time.textContent = new Date(day).toLocaleDateString(document.documentElement.lang.replace(/^en$/, "en-GB"), { day: "numeric", month: "long", timeZone: "UTC" });
    line.querySelector("a").href = `/arxiv/${codes.join(",")}?since=${day}`;
    line.hidden = false;
  };

  const section = document.getElementById("yours");
  if (section?.contains(script)) {
    const chosen = kept("choices");
    const codes = list(chosen.categories).filter(isCode);
    const venues = list(chosen.venues).filter((name) => typeof name === "string" && name.length <= 100);
    for (const [kind, names] of [["lane", codes], ["venue", venues]]) {
      const template = document.getElementById(`yours-${kind}`);
      for (const name of names) {
        const row = template.content.cloneNode(true);
        const link = row.querySelector("a");
        link.href = (kind === "lane" ? "/arxiv/" : "/venue/") + encodeURIComponent(name);
        row.querySelector(".code, .venue-name").textContent = name;
        template.parentElement.append(row);
      }
      template.parentElement.hidden = !names.length;
    }
    section.classList.toggle("chosen", codes.length + venues.length > 0);
    section.querySelector(".yours-all").hidden = codes.length < 2;
    section.querySelector(".yours-feed").hidden = !codes.length;
    showSince(section.querySelector(".since"), codes, section.dataset.day);
  }

  const line = document.querySelector(".list-head .since");
  if (line?.parentElement.contains(script)) {
    // The list before this one is the first that may have been missed.
    showSince(line, line.dataset.codes.split(" "), line.dataset.previous);
  }
}
