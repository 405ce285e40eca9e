//! A tab: its address, input to it, answers of its page, and the page's console messages and
//! requests meanwhile.
//!
//! Not here: what a page must look like.

use std::collections::HashSet;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use headless_chrome::browser::tab::ModifierKey;
use headless_chrome::protocol::cdp::types::Event;
use headless_chrome::protocol::cdp::{Emulation, Input, Log, Network, Page, Runtime};
use serde_json::Value;

use crate::browser::PATIENCE;

/// What the page is told to write when all that it said before should have arrived.
const FLUSH: &str = "docsite-flush ";

pub struct Tab {
    inner: Arc<headless_chrome::Tab>,
    profile: String,
    seen: Arc<Seen>,
}

/// What arrived so far; the browser's own thread adds to it.
#[derive(Default)]
struct Seen {
    told: Mutex<Told>,
    changed: Condvar,
}

#[derive(Default)]
struct Told {
    /// Navigations whose page is loaded.
    loaded: HashSet<String>,
    flushed: usize,
    complaints: Vec<String>,
    requests: Vec<String>,
}

impl Drop for Tab {
    fn drop(&mut self) {
        // The browser ends with the tests in any case.
        let _ = self.inner.close_target();
    }
}

impl Tab {
    pub fn new(inner: Arc<headless_chrome::Tab>, profile: &str) -> Self {
        let seen = Arc::new(Seen::default());
        let listener = Arc::clone(&seen);
        inner
            .add_event_listener(Arc::new(move |event: &Event| listener.take(event)))
            .unwrap();
        let tab = Self {
            inner,
            profile: profile.to_owned(),
            seen,
        };
        tab.call(Runtime::Enable(None));
        tab.call(Log::Enable(None));
        tab.call(Network::Enable {
            max_total_buffer_size: None,
            max_resource_buffer_size: None,
            max_post_data_size: None,
            report_direct_socket_traffic: None,
            enable_durable_messages: None,
        });
        // A tab beside others is drawn and focused as if it were alone.
        tab.call(Emulation::SetFocusEmulationEnabled { enabled: true });
        tab.resize(1280, 800);
        tab
    }

    pub fn profile(&self) -> &str {
        &self.profile
    }

    pub fn call<C>(&self, method: C) -> C::ReturnObject
    where
        C: headless_chrome::protocol::cdp::types::Method + serde::Serialize + std::fmt::Debug,
    {
        let name = format!("{method:?}");
        self.inner
            .call_method(method)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Goes to an address and waits for the page, with all that it loads.
    pub fn visit(&self, url: &str) {
        let answer = self.call(Page::Navigate {
            url: url.to_owned(),
            referrer: None,
            transition_Type: None,
            frame_id: None,
            referrer_policy: None,
        });
        assert_eq!(answer.error_text, None, "{url}");
        // Without a loader it was a jump within the page.
        if let Some(loader) = answer.loader_id {
            self.wait_for(url, |told| told.loaded.contains(&loader));
        }
    }

    /// As the browser's own buttons do.
    pub fn back(&self) {
        self.evaluate("history.back()");
    }

    pub fn forward(&self) {
        self.evaluate("history.forward()");
    }

    /// Loads the same page once more.
    pub fn reload(&self) {
        let url = self.text("location.href");
        self.visit(&url);
    }

    fn wait_for(&self, what: &str, arrived: impl Fn(&Told) -> bool) {
        let told = self.seen.told.lock().unwrap();
        let wait = self
            .seen
            .changed
            .wait_timeout_while(told, PATIENCE, |told| !arrived(told));
        assert!(!wait.unwrap().1.timed_out(), "{what} does not arrive");
    }

    /// What an expression comes to, once a promise is kept.
    #[track_caller]
    pub fn evaluate(&self, script: &str) -> Value {
        self.attempt(script)
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// The same, or what went wrong: an exception, or a page that is being left.
    fn attempt(&self, script: &str) -> Result<Value, String> {
        let answer = self.inner.call_method(Runtime::Evaluate {
            expression: script.to_owned(),
            return_by_value: Some(true),
            await_promise: Some(true),
            user_gesture: Some(true),
            object_group: None,
            include_command_line_api: None,
            silent: None,
            context_id: None,
            generate_preview: None,
            throw_on_side_effect: None,
            timeout: None,
            disable_breaks: None,
            repl_mode: None,
            allow_unsafe_eval_blocked_by_csp: None,
            unique_context_id: None,
            serialization_options: None,
        });
        let answer = answer.map_err(|error| error.to_string())?;
        match answer.exception_details {
            Some(exception) => Err(told_by(&exception)),
            None => Ok(answer.result.value.unwrap_or(Value::Null)),
        }
    }

    pub fn text(&self, script: &str) -> String {
        let value = self.evaluate(script);
        let text = value
            .as_str()
            .unwrap_or_else(|| panic!("{script}: {value}"));
        text.to_owned()
    }

    pub fn list(&self, script: &str) -> Vec<String> {
        let value = self.evaluate(script);
        serde_json::from_value(value.clone()).unwrap_or_else(|_| panic!("{script}: {value}"))
    }

    pub fn number(&self, script: &str) -> f64 {
        let value = self.evaluate(script);
        value
            .as_f64()
            .unwrap_or_else(|| panic!("{script}: {value}"))
    }

    /// A whole number from 0.
    #[track_caller]
    pub fn count(&self, script: &str) -> usize {
        let value = self.evaluate(script);
        let count = value
            .as_u64()
            .unwrap_or_else(|| panic!("{script}: {value}"));
        usize::try_from(count).unwrap()
    }

    pub fn holds(&self, script: &str) -> bool {
        let value = self.evaluate(script);
        value
            .as_bool()
            .unwrap_or_else(|| panic!("{script}: {value}"))
    }

    /// Waits until an expression, or its promise, gives `wanted`. What throws may do so no more once
    /// the page is there.
    #[track_caller]
    pub fn becomes(&self, script: &str, wanted: impl Into<Value>) {
        let wanted = Ok(wanted.into());
        let begun = Instant::now();
        let mut last = self.attempt(script);
        while last != wanted && begun.elapsed() < PATIENCE {
            sleep(Duration::from_millis(20));
            last = self.attempt(script);
        }
        assert_eq!(last, wanted, "{script}");
    }

    /// Presses a key: `Tab`, `Enter`, or the letter itself.
    pub fn press(&self, key: &str) {
        self.inner.press_key(key).unwrap();
    }

    pub fn press_with_shift(&self, key: &str) {
        let shift = [ModifierKey::Shift];
        self.inner
            .press_key_with_modifiers(key, Some(&shift))
            .unwrap();
    }

    /// As what opens the search. The letter's place on the keyboard, whatever it writes.
    pub fn press_k_with_control(&self) {
        self.press_k(ModifierKey::Ctrl);
    }

    pub fn press_k_with_meta(&self) {
        self.press_k(ModifierKey::Meta);
    }

    fn press_k(&self, modifier: ModifierKey) {
        self.inner
            .press_key_with_modifiers("k", Some(&[modifier]))
            .unwrap();
    }

    /// Pastes the clipboard where the focus is.
    pub fn paste(&self) {
        self.call(Input::DispatchKeyEvent {
            Type: Input::DispatchKeyEventTypeOption::RawKeyDown,
            commands: Some(vec!["Paste".to_owned()]),
            key: Some("v".to_owned()),
            code: Some("KeyV".to_owned()),
            modifiers: Some(ModifierKey::Ctrl as u32),
            windows_virtual_key_code: Some(86),
            native_virtual_key_code: Some(86),
            timestamp: None,
            text: None,
            unmodified_text: None,
            key_identifier: None,
            auto_repeat: None,
            is_keypad: None,
            is_system_key: None,
            location: None,
        });
    }

    /// Clicks in the middle of an element, as a mouse does.
    pub fn click(&self, selector: &str) {
        self.inner
            .wait_for_element(selector)
            .unwrap()
            .click()
            .unwrap();
    }

    pub fn hover(&self, selector: &str) {
        let element = self.inner.wait_for_element(selector).unwrap();
        element.move_mouse_over().unwrap();
    }

    /// The size of what is seen of a page. A real window is never this narrow: the metrics are
    /// those of a device.
    pub fn resize(&self, width: u32, height: u32) {
        self.resize_at(width, height, 1.0);
    }

    /// The same on a screen with so many dots to a pixel.
    pub fn resize_at(&self, width: u32, height: u32, density: f64) {
        self.call(Emulation::SetDeviceMetricsOverride {
            width,
            height,
            device_scale_factor: density,
            mobile: false,
            scale: None,
            screen_width: None,
            screen_height: None,
            position_x: None,
            position_y: None,
            dont_set_visible_size: None,
            screen_orientation: None,
            viewport: None,
            display_feature: None,
            device_posture: None,
        });
    }

    /// What the system prefers: `prefers-color-scheme` and the like, each with its value.
    pub fn prefer(&self, features: &[(&str, &str)]) {
        self.emulate("", features);
    }

    /// As on paper, on a system with these preferences.
    pub fn as_print(&self, features: &[(&str, &str)]) {
        self.emulate("print", features);
    }

    fn emulate(&self, media: &str, features: &[(&str, &str)]) {
        let features = features
            .iter()
            .map(|(name, value)| Emulation::MediaFeature {
                name: (*name).to_owned(),
                value: (*value).to_owned(),
            });
        self.call(Emulation::SetEmulatedMedia {
            media: Some(media.to_owned()),
            features: Some(features.collect()),
        });
    }

    /// From the next page on, no page runs a script.
    pub fn without_scripts(&self) {
        self.call(Emulation::SetScriptExecutionDisabled { value: true });
    }

    /// From the next page on, a script runs before the page's own.
    pub fn before_scripts(&self, script: &str) {
        self.call(Page::AddScriptToEvaluateOnNewDocument {
            source: script.to_owned(),
            world_name: None,
            include_command_line_api: None,
            run_immediately: None,
        });
    }

    pub fn pdf(&self) -> Vec<u8> {
        self.inner.print_to_pdf(None).unwrap()
    }

    /// Everything that the pages and the browser complained of since the last time.
    pub fn complaints(&self) -> Vec<String> {
        self.flush();
        std::mem::take(&mut self.seen.told.lock().unwrap().complaints)
    }

    /// Every address that the pages asked for since the last time.
    pub fn requests(&self) -> Vec<String> {
        self.flush();
        std::mem::take(&mut self.seen.told.lock().unwrap().requests)
    }

    /// Events come in order: once this message is here, those before it are too.
    fn flush(&self) {
        let next = self.seen.told.lock().unwrap().flushed + 1;
        self.evaluate(&format!("console.debug('{FLUSH}' + {next})"));
        self.wait_for("a message", |told| told.flushed >= next);
    }
}

impl Seen {
    fn take(&self, event: &Event) {
        let mut told = self.told.lock().unwrap();
        match event {
            Event::PageLifecycleEvent(event) if event.params.name == "load" => {
                told.loaded.insert(event.params.loader_id.clone());
            }
            Event::NetworkRequestWillBeSent(event) => {
                told.requests.push(event.params.request.url.clone());
            }
            Event::RuntimeConsoleAPICalled(event) => told.console(&event.params.args),
            Event::RuntimeExceptionThrown(event) => {
                let text = told_by(&event.params.exception_details);
                told.complaints.push(format!("exception: {text}"));
            }
            Event::LogEntryAdded(event) => {
                let entry = &event.params.entry;
                let url = entry.url.as_deref().unwrap_or_default();
                let text = format!("{:?}: {} {url}", entry.level, entry.text);
                told.complaints.push(text);
            }
            Event::NetworkLoadingFailed(event) => {
                told.complaints
                    .push(format!("not loaded: {}", event.params.error_text));
            }
            _ => return,
        }
        drop(told);
        self.changed.notify_all();
    }
}

impl Told {
    /// Whatever a page writes to the console is too much.
    fn console(&mut self, values: &[Runtime::RemoteObject]) {
        let text = values.iter().map(|value| match &value.value {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => value.description.clone().unwrap_or_default(),
        });
        let text = text.collect::<Vec<_>>().join(" ");
        if text.starts_with(FLUSH) {
            self.flushed += 1;
        } else {
            self.complaints.push(format!("console: {text}"));
        }
    }
}

fn told_by(details: &Runtime::ExceptionDetails) -> String {
    let exception = details.exception.as_ref();
    let description = exception.and_then(|thrown| thrown.description.clone());
    description.unwrap_or_else(|| details.text.clone())
}
