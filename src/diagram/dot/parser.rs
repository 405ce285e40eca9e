//! Reads the statements of a DOT source into a [`Graph`]; only the first graph of a source.
//!
//! Not here: the meaning of attributes. Ports are read and dropped: a flowchart has none.

use super::graph::{Attrs, Graph, ROOT, Value};
use super::lexer::{Lexer, SHOWN, Token};
use super::limits::{MAX_NESTING, failure};
use crate::diagram::drawing::Failure;
use crate::diagram::svg::notes::shortened;

/// Reads the first graph of `source`.
pub(super) fn parse(source: &str) -> Result<Graph, Failure> {
    let mut parser = Parser {
        lexer: Lexer::new(source),
        token: Token::End,
        line: 1,
        depth: 0,
        graph: Graph::default(),
    };
    parser.advance()?;
    parser.whole_graph()?;
    Ok(parser.graph)
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Token<'a>,
    /// Line of `token`, from 1.
    line: usize,
    depth: usize,
    graph: Graph,
}

#[derive(Clone, Copy)]
enum Endpoint {
    Node(usize),
    Subgraph(usize),
}

impl Parser<'_> {
    fn whole_graph(&mut self) -> Result<(), Failure> {
        let strict = self.skip("strict")?;
        let directed = self.skip("digraph")?;
        if !directed && !self.skip("graph")? {
            return Err(self.unexpected("`graph` or `digraph`"));
        }
        let name = self.is_at_id().then(|| self.id("")).transpose()?;
        self.graph = Graph::new(strict, directed, name, self.line);
        // The text after the closing brace is not tokenized.
        self.statements(ROOT)
    }

    /// `{`, and statements up to the `}`, which is not consumed.
    fn statements(&mut self, scope: usize) -> Result<(), Failure> {
        let opened = self.line;
        if !self.skip("{")? {
            return Err(self.unexpected("`{`"));
        }
        loop {
            match self.token {
                Token::Mark("}") => return Ok(()),
                Token::Mark(";" | ",") => self.advance()?,
                Token::End => return Err(self.unclosed("{", "}", opened)),
                _ => self.statement(scope)?,
            }
        }
    }

    fn statement(&mut self, scope: usize) -> Result<(), Failure> {
        if let Token::Mark(kind @ ("graph" | "node" | "edge")) = self.token {
            return self.defaults(scope, kind);
        }
        if self.is_at_subgraph() {
            let subgraph = self.subgraph(scope)?;
            return self.edges(scope, Endpoint::Subgraph(subgraph));
        }
        let id = self.id("a statement")?;
        if self.is_at("=") {
            let value = self.value(id.line)?;
            self.graph.subgraphs[scope].attrs.set(&id.text, value);
            return Ok(());
        }
        let node = self.node(scope, &id)?;
        if self.is_at_operator() {
            return self.edges(scope, Endpoint::Node(node));
        }
        let attrs = self.attributes()?;
        self.graph.nodes[node].attrs.merge(&attrs);
        Ok(())
    }

    /// `graph|node|edge [..]`
    fn defaults(&mut self, scope: usize, kind: &str) -> Result<(), Failure> {
        self.advance()?;
        if !self.is_at("[") {
            return Err(self.unexpected(&format!("`[` after `{kind}`")));
        }
        let attrs = self.attributes()?;
        let subgraph = &mut self.graph.subgraphs[scope];
        let defaults = match kind {
            "graph" => &mut subgraph.attrs,
            "node" => &mut subgraph.node_defaults,
            _ => &mut subgraph.edge_defaults,
        };
        defaults.merge(&attrs);
        Ok(())
    }

    /// The rest of `a -> b -> c [..]`, if there is an operator.
    fn edges(&mut self, scope: usize, first: Endpoint) -> Result<(), Failure> {
        let line = self.line;
        let mut chain = vec![first];
        while self.is_at_operator() {
            self.operator()?;
            chain.push(self.endpoint(scope)?);
        }
        let attrs = self.attributes()?;
        let mut tails = self.nodes_of(first);
        for end in chain.into_iter().skip(1) {
            let heads = self.nodes_of(end);
            self.graph.connect(scope, (&tails, &heads), &attrs, line)?;
            tails = heads;
        }
        Ok(())
    }

    fn nodes_of(&self, end: Endpoint) -> Vec<usize> {
        match end {
            Endpoint::Node(node) => vec![node],
            Endpoint::Subgraph(subgraph) => {
                let nodes = &self.graph.subgraphs[subgraph].nodes;
                nodes.iter().copied().collect()
            }
        }
    }

    fn endpoint(&mut self, scope: usize) -> Result<Endpoint, Failure> {
        if self.is_at_subgraph() {
            return Ok(Endpoint::Subgraph(self.subgraph(scope)?));
        }
        let id = self.id("a node after the edge's operator")?;
        Ok(Endpoint::Node(self.node(scope, &id)?))
    }

    fn node(&mut self, scope: usize, name: &Value) -> Result<usize, Failure> {
        for _ in 0..2 {
            if self.skip(":")? {
                self.id("a port after `:`")?;
            }
        }
        self.graph.mention(scope, name)
    }

    /// `subgraph name {..}`, `{..}`, or `subgraph name` alone, which refers to an existing
    /// subgraph.
    fn subgraph(&mut self, scope: usize) -> Result<usize, Failure> {
        let has_name = self.skip("subgraph")? && self.is_at_id();
        let name = has_name.then(|| self.id("")).transpose()?;
        let subgraph = self.graph.open(scope, name);
        if has_name && !self.is_at("{") {
            return Ok(subgraph);
        }
        if self.depth >= MAX_NESTING {
            let message = format!("subgraphs are nested more than {MAX_NESTING} deep");
            return Err(failure(self.line, message));
        }
        self.depth += 1;
        self.statements(subgraph)?;
        self.depth -= 1;
        self.advance()?;
        Ok(subgraph)
    }

    /// Any number of `[a=b, c=d]`.
    fn attributes(&mut self) -> Result<Attrs, Failure> {
        let mut attrs = Attrs::default();
        while self.is_at("[") {
            let opened = self.line;
            self.advance()?;
            loop {
                match self.token {
                    Token::Mark("]") => break self.advance()?,
                    Token::Mark("," | ";") => self.advance()?,
                    Token::End => return Err(self.unclosed("[", "]", opened)),
                    _ => {
                        let name = self.id("an attribute's name or `]`")?;
                        let value = self.value(name.line)?;
                        attrs.set(&name.text, value);
                    }
                }
            }
        }
        Ok(attrs)
    }

    /// `=` and what is after it; `true` where there is no `=`.
    fn value(&mut self, line: usize) -> Result<Value, Failure> {
        if self.skip("=")? {
            return self.id("a value after `=`");
        }
        Ok(Value {
            text: "true".into(),
            html: false,
            line,
        })
    }

    fn is_at_operator(&self) -> bool {
        self.is_at("->") || self.is_at("--")
    }

    fn operator(&mut self) -> Result<(), Failure> {
        let message = match (&self.token, self.graph.directed) {
            (Token::Mark("->"), false) => "`->` is in a `graph`: an undirected edge is `--`",
            (Token::Mark("--"), true) => "`--` is in a `digraph`: a directed edge is `->`",
            _ => return self.advance(),
        };
        Err(failure(self.line, message))
    }

    fn is_at_subgraph(&self) -> bool {
        self.is_at("{") || self.is_at("subgraph")
    }

    fn is_at_id(&self) -> bool {
        !matches!(self.token, Token::Mark(_) | Token::End)
    }

    /// A name or a value; joins `"a" + "b"`. `wanted` says what is missing if there is none.
    fn id(&mut self, wanted: &str) -> Result<Value, Failure> {
        if !self.is_at_id() {
            return Err(self.unexpected(wanted));
        }
        let (line, html) = (self.line, matches!(self.token, Token::Html(_)));
        let token = std::mem::replace(&mut self.token, Token::End);
        self.advance()?;
        let Token::Quoted(mut text) = token else {
            let text = token.text().into();
            return Ok(Value { text, html, line });
        };
        while self.skip("+")? {
            let Token::Quoted(more) = &self.token else {
                return Err(self.unexpected("a string in quotes after `+`"));
            };
            text.push_str(more);
            self.advance()?;
        }
        let text = text.into();
        Ok(Value { text, html, line })
    }

    fn is_at(&self, mark: &str) -> bool {
        matches!(self.token, Token::Mark(here) if here == mark)
    }

    fn skip(&mut self, mark: &str) -> Result<bool, Failure> {
        let is_here = self.is_at(mark);
        if is_here {
            self.advance()?;
        }
        Ok(is_here)
    }

    fn advance(&mut self) -> Result<(), Failure> {
        (self.token, self.line) = self.lexer.next()?;
        Ok(())
    }

    fn unclosed(&self, open: &str, close: &str, opened: usize) -> Failure {
        let message = format!("`{close}` is missing: the `{open}` on line {opened} is not closed");
        failure(self.line, message)
    }

    fn unexpected(&self, wanted: &str) -> Failure {
        let found = match &self.token {
            Token::Html(_) => "an HTML string".to_owned(),
            Token::End => "the end".to_owned(),
            token => format!("`{}`", shortened(token.text(), SHOWN)),
        };
        failure(self.line, format!("{wanted} is expected, not {found}"))
    }
}
