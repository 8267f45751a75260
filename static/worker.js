// Starts the search, a program of its own that runs beside the page. The page puts its version into the address, so that what an
// earlier version left in the browser's cache is not mixed with it.
const version = self.location.search;

const program = await import(`./adversary.js${version}`);
await program.default({ module_or_path: `./adversary_bg.wasm${version}` });
