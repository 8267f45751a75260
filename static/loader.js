// Starts the program. Its hashed file names are in the links that trunk wrote into the page's head.
const address = (id) => document.getElementById(id).href;

async function start() {
  const program = await import(address("program-js"));
  await program.default({ module_or_path: address("program-wasm") });
}

// Where start.js has refused the browser there is nothing to start.
if (!document.querySelector(".boot-failed")) {
  start().catch((error) => {
    // start.js says it to the reader; whoever looks into the console wants the error itself.
    dispatchEvent(new CustomEvent("playground-failed", { detail: String(error) }));
    throw error;
  });
}
