import {
	createSourceFile,
	forEachChild,
	isArrowFunction,
	isFunctionDeclaration,
	isFunctionExpression,
	isIdentifier,
	isImportDeclaration,
	isNamedImports,
	isStringLiteral,
	isTypeAliasDeclaration,
	isInterfaceDeclaration,
	isVariableStatement,
	ScriptTarget,
	SyntaxKind,
	type Node,
	type ParameterDeclaration,
	type SourceFile
} from 'typescript';

/** A function that a module exports, with the types of its parameters as they are written. */
export type ExportedFunction = { name: string; parameters: string[] };

const parsed = (text: string): SourceFile => createSourceFile('module.ts', text, ScriptTarget.Latest, true);

/** The statements of a module, each with whether it is exported. */
function statements(text: string): { node: Node; isExported: boolean }[] {
	const found: { node: Node; isExported: boolean }[] = [];
	forEachChild(parsed(text), (node) => {
		const isExported =
			'modifiers' in node &&
			((node.modifiers ?? []) as readonly Node[]).some(({ kind }) => kind === SyntaxKind.ExportKeyword);
		found.push({ node, isExported });
	});
	return found;
}

const typesOf = (parameters: readonly ParameterDeclaration[]) =>
	parameters.map(({ type }) => type?.getText() ?? '');

/** The functions that a module exports, written as functions or as constants. */
export function exportedFunctions(text: string): ExportedFunction[] {
	return statements(text).flatMap(({ node, isExported }): ExportedFunction[] => {
		if (!isExported) return [];
		if (isFunctionDeclaration(node))
			return [{ name: node.name?.text ?? 'default', parameters: typesOf([...node.parameters]) }];
		if (!isVariableStatement(node)) return [];
		return node.declarationList.declarations.flatMap(({ name, initializer }) =>
			initializer && (isArrowFunction(initializer) || isFunctionExpression(initializer))
				? [{ name: name.getText(), parameters: typesOf([...initializer.parameters]) }]
				: []
		);
	});
}

/** The types that a module declares, by name, each as it is written. */
export function declaredTypes(text: string): [name: string, written: string][] {
	return statements(text).flatMap(({ node }): [string, string][] =>
		isTypeAliasDeclaration(node) || isInterfaceDeclaration(node) ? [[node.name.text, node.getText()]] : []
	);
}

/** What a module (or the script of a component) imports by name; `*` for all that there is. */
export function namedImports(text: string): { from: string; names: string[] }[] {
	const script = /<script[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? text;
	return statements(script).flatMap(({ node }) => {
		if (!isImportDeclaration(node) || !isStringLiteral(node.moduleSpecifier)) return [];
		const bindings = node.importClause?.namedBindings;
		const names =
			bindings && isNamedImports(bindings)
				? bindings.elements.map((each) => {
						const imported = each.propertyName ?? each.name;
						return isIdentifier(imported) ? imported.text : '*';
					})
				: ['*'];
		return [{ from: node.moduleSpecifier.text, names }];
	});
}
