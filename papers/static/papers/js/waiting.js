// A page that waits for a paper asks for itself until the answer is another one. Slower with time: nobody may be there.
const began = Date.now();

async function look() {
  try {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    if (answer.status !== 202) {
      location.reload();
      return;
    }
  } catch {
    // The server may be restarting: the next look tells.
  }
  setTimeout(look, Math.min(1500 + (Date.now() - began) / 10, 30000));
}

setTimeout(look, 1500);
