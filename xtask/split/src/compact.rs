//! A module as small as it can be without a change of what it does: without names and types that nothing needs, with numbers as
//! short as they can be (the linker left room in them for the split), and with locals and functions in an order that gzip likes.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;

use wasm_encoder::reencode::{Error as EncodeError, Reencode};
use wasm_encoder::{
    CodeSection, CoreTypeEncoder, Function, FunctionSection, ImportSection, Instruction, Module, TypeSection, ValType,
};

use crate::{Result, order};

type Written<T = ()> = std::result::Result<T, EncodeError<Infallible>>;

/// The same module, with these names for what it imports.
pub fn module(module: &[u8], names: &HashMap<String, String>) -> Result<Vec<u8>> {
    let mut compact = Compact {
        names,
        types: BTreeSet::new(),
        params: Vec::new(),
        functions: Vec::new(),
    };
    let compacted = written_by(&mut compact, module)?;
    written_by(&mut Ordered::of(&compacted, &compact.types)?, &compacted)
}

fn written_by(writer: &mut impl Reencode<Error = Infallible>, module: &[u8]) -> Result<Vec<u8>> {
    let mut written = Module::new();
    writer
        .parse_core_module(&mut written, wasmparser::Parser::new(0), module)
        .map_err(|error| format!("{error}"))?;
    Ok(written.finish())
}

/// Writes a module anew without what only tools read, with these names for what it imports.
struct Compact<'a> {
    names: &'a HashMap<String, String>,
    /// The types that are needed.
    types: BTreeSet<u32>,
    /// How many parameters a function of each type has.
    params: Vec<usize>,
    /// The type of each function that is not imported.
    functions: Vec<u32>,
}

impl Reencode for Compact<'_> {
    type Error = Infallible;

    fn parse_custom_section(&mut self, _: &mut Module, _: wasmparser::CustomSectionReader<'_>) -> Written {
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Written {
        for import in section.into_imports() {
            let import = import?;
            let ty = self.entity_type(import.ty)?;
            let name = self.names.get(import.name).map_or(import.name, String::as_str);
            imports.import(import.module, name, ty);
        }
        Ok(())
    }

    fn type_index(&mut self, ty: u32) -> Written<u32> {
        self.types.insert(ty);
        Ok(ty)
    }

    fn parse_recursive_type_group(&mut self, types: CoreTypeEncoder<'_>, group: wasmparser::RecGroup) -> Written {
        for ty in group.types() {
            let params = match &ty.composite_type.inner {
                wasmparser::CompositeInnerType::Func(function) => function.params().len(),
                _ => 0,
            };
            self.params.push(params);
        }
        wasm_encoder::reencode::utils::parse_recursive_type_group(self, types, group)
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: wasmparser::FunctionSectionReader<'_>,
    ) -> Written {
        for ty in section {
            let ty = self.type_index(ty?)?;
            functions.function(ty);
            self.functions.push(ty);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: wasmparser::CodeSectionReader<'_>) -> Written {
        for (body, index) in section.into_iter().zip(0..) {
            let body = body?;
            let function: usize = index;
            let params = self.params[self.functions[function] as usize];
            let locals = Locals::of(&body, params, self)?;
            let mut written = Function::new(locals.groups());
            let mut reader = body.get_operators_reader()?;
            while !reader.eof() {
                written.instruction(&locals.renumbered(self.parse_instruction(&mut reader)?));
            }
            code.function(&written);
        }
        Ok(())
    }
}

/// The local variables of a function. Those that are used most have the smallest numbers, so that similar functions have the same
/// number for what is similar in them.
struct Locals {
    /// Their types, in their new order, without those that are not used.
    types: Vec<ValType>,
    /// Their new numbers, and those of the parameters, which stay.
    numbers: Vec<u32>,
}

impl Locals {
    fn of(
        body: &wasmparser::FunctionBody<'_>,
        params: usize,
        writer: &mut impl Reencode<Error = Infallible>,
    ) -> Written<Self> {
        let mut types = Vec::new();
        for group in body.get_locals_reader()? {
            let (count, ty) = group?;
            types.resize(types.len() + count as usize, writer.val_type(ty)?);
        }
        let mut uses = vec![0_u32; params + types.len()];
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            if let Some(local) = local(&reader.read()?) {
                uses[local as usize] += 1;
            }
        }
        let mut used: Vec<usize> = (0..types.len()).filter(|local| uses[params + local] > 0).collect();
        used.sort_by_key(|local| (types[*local], Reverse(uses[params + local])));
        let mut numbers: Vec<u32> = (0..).take(uses.len()).collect();
        for (local, number) in used.iter().zip(u32::try_from(params).unwrap_or_default()..) {
            numbers[params + local] = number;
        }
        Ok(Self {
            types: used.into_iter().map(|local| types[local]).collect(),
            numbers,
        })
    }

    /// How many follow each other that have one type.
    fn groups(&self) -> Vec<(u32, ValType)> {
        let mut groups: Vec<(u32, ValType)> = Vec::new();
        for ty in &self.types {
            match groups.last_mut() {
                Some((count, of)) if of == ty => *count += 1,
                _ => groups.push((1, *ty)),
            }
        }
        groups
    }

    fn renumbered<'a>(&self, instruction: Instruction<'a>) -> Instruction<'a> {
        let number = |local: u32| self.numbers[local as usize];
        match instruction {
            Instruction::LocalGet(local) => Instruction::LocalGet(number(local)),
            Instruction::LocalSet(local) => Instruction::LocalSet(number(local)),
            Instruction::LocalTee(local) => Instruction::LocalTee(number(local)),
            other => other,
        }
    }
}

/// The local variable that an operator is about.
fn local(operator: &wasmparser::Operator<'_>) -> Option<u32> {
    use wasmparser::Operator::{LocalGet, LocalSet, LocalTee};
    match operator {
        LocalGet { local_index } | LocalSet { local_index } | LocalTee { local_index } => Some(*local_index),
        _ => None,
    }
}

/// Writes a module anew with its functions beside those that they resemble, and without the types that it does not need.
struct Ordered {
    imported: usize,
    /// Where each function goes, of those that are not imported.
    places: Vec<usize>,
    /// The new number of each type; none if it is not needed.
    types: Vec<Option<u32>>,
}

impl Ordered {
    fn of(module: &[u8], needed: &BTreeSet<u32>) -> Result<Self> {
        let (mut imported, mut functions) = (0, Vec::new());
        for payload in wasmparser::Parser::new(0).parse_all(module) {
            match payload? {
                wasmparser::Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += usize::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                    }
                }
                wasmparser::Payload::CodeSectionEntry(function) => functions.push(function.as_bytes()),
                _ => {}
            }
        }
        let mut places = vec![0; functions.len()];
        for (place, function) in order::by_likeness(&functions).into_iter().enumerate() {
            places[function] = place;
        }
        let mut types = vec![None; needed.last().map_or(0, |last| *last as usize + 1)];
        for (ty, number) in needed.iter().zip(0..) {
            types[*ty as usize] = Some(number);
        }
        Ok(Self {
            imported,
            places,
            types,
        })
    }

    /// What is said of each function, in their new order.
    fn in_order<T: Clone>(&self, of_functions: &[T]) -> Vec<T> {
        let mut ordered = of_functions.to_vec();
        for (what, place) in of_functions.iter().zip(&self.places) {
            ordered[*place] = what.clone();
        }
        ordered
    }
}

impl Reencode for Ordered {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Written<u32> {
        let own = (function as usize).checked_sub(self.imported);
        let place = own.and_then(|own| u32::try_from(self.imported + self.places[own]).ok());
        Ok(place.unwrap_or(function))
    }

    fn type_index(&mut self, ty: u32) -> Written<u32> {
        Ok(self.types[ty as usize].unwrap_or(ty))
    }

    fn parse_type_section(&mut self, types: &mut TypeSection, section: wasmparser::TypeSectionReader<'_>) -> Written {
        for (group, ty) in section.into_iter().zip(0..) {
            let number: usize = ty;
            if self.types.get(number).is_some_and(Option::is_some) {
                self.parse_recursive_type_group(types.ty(), group?)?;
            }
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: wasmparser::FunctionSectionReader<'_>,
    ) -> Written {
        let types: Vec<u32> = section.into_iter().collect::<std::result::Result<_, _>>()?;
        for ty in self.in_order(&types) {
            functions.function(self.type_index(ty)?);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: wasmparser::CodeSectionReader<'_>) -> Written {
        let bodies: Vec<_> = section.into_iter().collect::<std::result::Result<_, _>>()?;
        for body in self.in_order(&bodies) {
            self.parse_function_body(code, body)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ExportKind, ExportSection};

    use super::*;

    /// A module with an imported function and two of its own, the second of which is exported.
    fn example() -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([ValType::I64], []);
        types.ty().function([], [ValType::I32]);
        types.ty().function([ValType::I32], []);
        module.section(&types);
        let mut imports = ImportSection::new();
        imports.import("from", "outside", EntityType::Function(2));
        module.section(&imports);
        let mut functions = FunctionSection::new();
        functions.function(1).function(2);
        module.section(&functions);
        let mut exports = ExportSection::new();
        exports.export("twice", ExportKind::Func, 2);
        module.section(&exports);
        let mut code = CodeSection::new();
        let seven = vec![Instruction::I32Const(7)];
        let twice = vec![
            Instruction::LocalGet(0),
            Instruction::LocalTee(3),
            Instruction::Call(0),
            Instruction::LocalGet(3),
            Instruction::Call(0),
            Instruction::I64Const(1),
            Instruction::LocalSet(1),
        ];
        for (locals, body) in [(vec![], seven), (vec![(1, ValType::I64), (2, ValType::I32)], twice)] {
            let mut function = Function::new(locals);
            body.iter().chain([&Instruction::End]).for_each(|instruction| {
                function.instruction(instruction);
            });
            code.function(&function);
        }
        module.section(&code);
        module.finish()
    }

    /// The numbers of what is exported, the types, and the bodies of the functions.
    fn parts(module: &[u8]) -> (Vec<u32>, usize, Vec<Vec<u8>>) {
        let (mut exported, mut types, mut bodies) = (Vec::new(), 0, Vec::new());
        for payload in wasmparser::Parser::new(0).parse_all(module) {
            match payload.unwrap() {
                wasmparser::Payload::TypeSection(section) => types = section.count() as usize,
                wasmparser::Payload::ExportSection(exports) => {
                    exported.extend(exports.into_iter().map(|export| export.unwrap().index));
                }
                wasmparser::Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().to_vec()),
                _ => {}
            }
        }
        (exported, types, bodies)
    }

    #[test]
    fn what_nothing_needs_goes_and_all_else_is_still_found() {
        let compacted = module(&example(), &HashMap::new()).unwrap();
        let (exported, types, bodies) = parts(&compacted);
        assert_eq!(types, 2);
        // The longest function comes first.
        assert_eq!(exported, [1]);
        // Two locals are used: that of 32 bits twice, so it comes first.
        let twice = [
            2, 1, 0x7F, 1, 0x7E, 0x20, 0, 0x22, 1, 0x10, 0, 0x20, 1, 0x10, 0, 0x42, 1, 0x21, 2, 0x0B,
        ];
        assert_eq!(bodies, [twice.to_vec(), vec![0, 0x41, 7, 0x0B]]);
    }
}
