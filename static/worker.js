// Starts a program of its own that runs beside the page: `worker.js?NAME&VERSION`. The page puts its version into the address, so
// that what an earlier version left in the browser's cache is not mixed with it.
const [name, version] = self.location.search.slice(1).split("&");

const program = await import(`./${name}.js?${version}`);
await program.default({ module_or_path: `./${name}_bg.wasm?${version}` });
