// Asks the worker about patterns, and gives up on it where it takes too long.
const PATIENCE = 3000; // milliseconds for one question, all texts of the list, on a slow machine too

let worker = null; // a promise of one that is ready
let count = 0;

/** "passes" or "found" of query.js for each folded text; null where the pattern takes too long. */
export async function askPatterns(ask, typed, options, texts) {
  const program = await (worker ??= begin());
  const id = ++count;
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(program, resolve), PATIENCE);
    program.addEventListener("message", function hear({ data }) {
      if (data.id !== id) return;
      clearTimeout(timer);
      program.removeEventListener("message", hear);
      resolve(data.answer);
    });
    program.postMessage({ id, ask, typed, options, texts });
  });
}

function begin() {
  const program = new Worker(document.querySelector(".filter").dataset.worker, { type: "module" });
  return new Promise((resolve) => program.addEventListener("message", () => resolve(program), { once: true }));
}

// Questions behind the slow one are given up with it: each has its own timer.
function end(program, resolve) {
  program.terminate();
  worker = null;
  resolve(null);
}
