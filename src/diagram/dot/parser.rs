//! Reads the statements of a DOT source into a [`Graph`]; only the first graph of a source.
//!
//! Not here: the meaning of attributes. Ports are read and dropped: a flowchart has none.

use super::graph::{Attrs, Graph, ROOT, Value};
use super::lexer::{Lexer, Token};
use super::problem::{MAX_NESTING, Problem};

/// Reads the first graph of `source`.
pub(super) fn parse(source: &str) -> Result<Graph, Problem> {
    let mut lexer = Lexer::new(source);
    let (token, line) = lexer.next()?;
    let mut parser = Parser {
        lexer,
        token,
        line,
        depth: 0,
        graph: Graph::default(),
    };
    parser.whole_graph()?;
    Ok(parser.graph)
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Token,
    /// Line of `token`, from 1.
    line: usize,
    depth: usize,
    graph: Graph,
}

enum Endpoint {
    Node(usize),
    Subgraph(usize),
}

impl Parser<'_> {
    fn whole_graph(&mut self) -> Result<(), Problem> {
        let strict = self.take_keyword("strict")?;
        let directed = match self.keyword() {
            Some("digraph") => true,
            Some("graph") => false,
            _ => return Err(self.unexpected("`graph` or `digraph`")),
        };
        self.advance()?;
        let name = if self.at_id() {
            Some(self.id()?.0)
        } else {
            None
        };
        self.graph = Graph::new(strict, directed, name, self.line);
        let opened = self.line;
        self.expect('{')?;
        // The text after the closing brace is not tokenized.
        self.statements(ROOT, opened)
    }

    /// Statements up to the `}`, which is not consumed.
    fn statements(&mut self, scope: usize, opened: usize) -> Result<(), Problem> {
        loop {
            match self.token {
                Token::Mark('}') => return Ok(()),
                Token::Mark(';' | ',') => self.advance()?,
                Token::End => {
                    return Err(Problem::new(
                        self.line,
                        format!("`}}` is missing: the `{{` on line {opened} is not closed"),
                    ));
                }
                _ => self.statement(scope)?,
            }
        }
    }

    fn statement(&mut self, scope: usize) -> Result<(), Problem> {
        match self.keyword() {
            Some(kind @ ("graph" | "node" | "edge")) => return self.defaults(scope, kind),
            Some("subgraph") => return self.subgraph_or_edges(scope),
            Some(_) => return Err(self.unexpected("a statement")),
            None => {}
        }
        if self.token == Token::Mark('{') {
            return self.subgraph_or_edges(scope);
        }
        if !self.at_id() {
            return Err(self.unexpected("a statement"));
        }
        let (name, line, _) = self.id()?;
        if self.token == Token::Mark('=') {
            let value = self.value_after_equals()?;
            self.graph.subgraphs[scope].attrs.set(&name, value);
            return Ok(());
        }
        self.node_or_edges(scope, name, line)
    }

    /// `graph|node|edge [..]`
    fn defaults(&mut self, scope: usize, kind: &str) -> Result<(), Problem> {
        self.advance()?;
        if self.token != Token::Mark('[') {
            return Err(self.unexpected(&format!("`[` after `{kind}`")));
        }
        let attrs = self.attr_lists()?;
        let subgraph = &mut self.graph.subgraphs[scope];
        match kind {
            "graph" => subgraph.attrs.merge(&attrs),
            "node" => subgraph.node_defaults.merge(&attrs),
            _ => subgraph.edge_defaults.merge(&attrs),
        }
        Ok(())
    }

    fn node_or_edges(&mut self, scope: usize, name: String, line: usize) -> Result<(), Problem> {
        let node = self.node(scope, name, line)?;
        if self.at_edge_operator() {
            return self.edges(scope, Endpoint::Node(node));
        }
        let attrs = self.attr_lists()?;
        self.graph.nodes[node].attrs.merge(&attrs);
        Ok(())
    }

    fn subgraph_or_edges(&mut self, scope: usize) -> Result<(), Problem> {
        let subgraph = self.subgraph(scope)?;
        if self.at_edge_operator() {
            return self.edges(scope, Endpoint::Subgraph(subgraph));
        }
        Ok(())
    }

    /// The rest of `a -> b -> c [..]`, at the first operator.
    fn edges(&mut self, scope: usize, first: Endpoint) -> Result<(), Problem> {
        let line = self.line;
        let mut chain = vec![first];
        while self.at_edge_operator() {
            self.edge_operator()?;
            let next = self.endpoint(scope)?;
            chain.push(next);
        }
        let attrs = self.attr_lists()?;
        let mut tails = self.nodes_of(chain.first());
        for end in chain.iter().skip(1) {
            let heads = self.nodes_of(Some(end));
            self.graph.connect(scope, (&tails, &heads), &attrs, line)?;
            tails = heads;
        }
        Ok(())
    }

    fn nodes_of(&self, end: Option<&Endpoint>) -> Vec<usize> {
        match end {
            Some(Endpoint::Node(node)) => vec![*node],
            Some(Endpoint::Subgraph(subgraph)) => self.graph.subgraphs[*subgraph].nodes.clone(),
            None => Vec::new(),
        }
    }

    fn endpoint(&mut self, scope: usize) -> Result<Endpoint, Problem> {
        if self.token == Token::Mark('{') || self.keyword() == Some("subgraph") {
            return Ok(Endpoint::Subgraph(self.subgraph(scope)?));
        }
        if !self.at_id() || self.keyword().is_some() {
            return Err(self.unexpected("a node after the edge's operator"));
        }
        let (name, line, _) = self.id()?;
        Ok(Endpoint::Node(self.node(scope, name, line)?))
    }

    fn node(&mut self, scope: usize, name: String, line: usize) -> Result<usize, Problem> {
        for _ in 0..2 {
            if self.token == Token::Mark(':') {
                self.advance()?;
                self.required_id("a port after `:`")?;
            }
        }
        self.graph.mention(scope, name, line)
    }

    /// `subgraph name {..}`, `{..}`, or `subgraph name` alone, which refers to an existing
    /// subgraph.
    fn subgraph(&mut self, scope: usize) -> Result<usize, Problem> {
        let has_keyword = self.take_keyword("subgraph")?;
        let name = if has_keyword && self.at_id() {
            Some(self.id()?.0)
        } else {
            None
        };
        let is_named = name.is_some();
        let subgraph = self.graph.open(scope, name);
        if self.token != Token::Mark('{') {
            return if is_named {
                Ok(subgraph)
            } else {
                Err(self.unexpected("`{`"))
            };
        }
        if self.depth >= MAX_NESTING {
            return Err(Problem::new(
                self.line,
                format!("subgraphs are nested more than {MAX_NESTING} deep"),
            ));
        }
        let opened = self.line;
        self.advance()?;
        self.depth += 1;
        self.statements(subgraph, opened)?;
        self.depth -= 1;
        self.advance()?;
        Ok(subgraph)
    }

    /// Any number of `[a=b, c=d]`.
    fn attr_lists(&mut self) -> Result<Attrs, Problem> {
        let mut attrs = Attrs::default();
        while self.token == Token::Mark('[') {
            let opened = self.line;
            self.advance()?;
            while self.token != Token::Mark(']') {
                if self.token == Token::End {
                    return Err(Problem::new(
                        self.line,
                        format!("`]` is missing: the `[` on line {opened} is not closed"),
                    ));
                }
                if matches!(self.token, Token::Mark(',' | ';')) {
                    self.advance()?;
                    continue;
                }
                self.attribute(&mut attrs)?;
            }
            self.advance()?;
        }
        Ok(attrs)
    }

    fn attribute(&mut self, attrs: &mut Attrs) -> Result<(), Problem> {
        let (name, line, _) = self.required_id("an attribute's name or `]`")?;
        let value = if self.token == Token::Mark('=') {
            self.value_after_equals()?
        } else {
            Value {
                text: "true".into(),
                html: false,
                line,
            }
        };
        attrs.set(&name, value);
        Ok(())
    }

    fn value_after_equals(&mut self) -> Result<Value, Problem> {
        self.advance()?;
        let (text, line, html) = self.required_id("a value after `=`")?;
        Ok(Value {
            text: text.into(),
            html,
            line,
        })
    }

    fn at_edge_operator(&self) -> bool {
        matches!(self.token, Token::Arrow | Token::Dashes)
    }

    fn edge_operator(&mut self) -> Result<(), Problem> {
        match (&self.token, self.graph.directed) {
            (Token::Arrow, false) => Err(Problem::new(
                self.line,
                "`->` is in a `graph`: an undirected edge is `--`",
            )),
            (Token::Dashes, true) => Err(Problem::new(
                self.line,
                "`--` is in a `digraph`: a directed edge is `->`",
            )),
            _ => self.advance(),
        }
    }

    fn at_id(&self) -> bool {
        matches!(
            self.token,
            Token::Bare(_) | Token::Quoted(_) | Token::Html(_)
        )
    }

    fn required_id(&mut self, wanted: &str) -> Result<(String, usize, bool), Problem> {
        if self.at_id() {
            self.id()
        } else {
            Err(self.unexpected(wanted))
        }
    }

    /// The text of an id, its line, and whether it is HTML; joins `"a" + "b"`.
    fn id(&mut self) -> Result<(String, usize, bool), Problem> {
        let line = self.line;
        let (mut text, html, quoted) = match std::mem::replace(&mut self.token, Token::End) {
            Token::Quoted(text) => (text, false, true),
            Token::Html(text) => (text, true, false),
            Token::Bare(text) => (text, false, false),
            _ => (String::new(), false, false),
        };
        self.advance()?;
        while quoted && self.token == Token::Mark('+') {
            self.advance()?;
            let Token::Quoted(more) = &self.token else {
                return Err(self.unexpected("a string in quotes after `+`"));
            };
            text.push_str(more);
            self.advance()?;
        }
        Ok((text, line, html))
    }

    fn keyword(&self) -> Option<&'static str> {
        let Token::Bare(text) = &self.token else {
            return None;
        };
        ["strict", "graph", "digraph", "node", "edge", "subgraph"]
            .into_iter()
            .find(|word| text.eq_ignore_ascii_case(word))
    }

    fn take_keyword(&mut self, word: &str) -> Result<bool, Problem> {
        let is_here = self.keyword() == Some(word);
        if is_here {
            self.advance()?;
        }
        Ok(is_here)
    }

    fn expect(&mut self, mark: char) -> Result<(), Problem> {
        if self.token == Token::Mark(mark) {
            return self.advance();
        }
        Err(self.unexpected(&format!("`{mark}`")))
    }

    fn advance(&mut self) -> Result<(), Problem> {
        (self.token, self.line) = self.lexer.next()?;
        Ok(())
    }

    fn unexpected(&self, wanted: &str) -> Problem {
        let found = match &self.token {
            Token::Bare(text) | Token::Quoted(text) => format!("`{}`", shortened(text)),
            Token::Html(_) => "an HTML string".to_owned(),
            Token::Mark(mark) => format!("`{mark}`"),
            Token::Arrow => "`->`".to_owned(),
            Token::Dashes => "`--`".to_owned(),
            Token::End => "the end".to_owned(),
        };
        Problem::new(self.line, format!("{wanted} is expected, not {found}"))
    }
}

/// Shortens a quoted text, so that a message fits on one line.
fn shortened(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(40)
        .collect();
    if text.chars().nth(40).is_some() {
        shown.push('…');
    }
    shown
}
