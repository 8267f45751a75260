// A second copy of the program, which searches while the page goes on. The page says in the address which files it is made of.
const files = new URL(self.location.href).searchParams;

const program = await import(files.get("js"));
await program.default({ module_or_path: files.get("wasm") });
