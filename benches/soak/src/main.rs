//! Makes a million calls, 64 at a time, one in twenty of which meets a fault. Reports their
//! outcomes and the resources of this process while it makes them and afterwards. The server runs
//! in its own process.
//!
//! `cargo run --release -p soak [-- <calls>]`. Linux only, because it reads `/proc`.

mod call;
mod process;
mod serve;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve"] => serve::run(),
        [] => soak(1_000_000),
        [calls] => soak(calls.parse()?),
        _ => Err("usage: soak [<calls>]".into()),
    }
}

fn soak(calls: usize) -> Result<(), Failure> {
    let mut server =
        Command::new(std::env::current_exe()?).arg("serve").stdout(Stdio::piped()).spawn()?;
    let result = address(&mut server).and_then(|address| {
        call::run(&address, calls)?;
        println!("| connections open at the server | {} |", status(&address)?);
        Ok(())
    });
    server.kill()?;
    server.wait()?;
    result
}

fn address(server: &mut Child) -> Result<String, Failure> {
    let mut line = String::new();
    BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// Returns the server's count of connections, without the one that asks for it.
fn status(address: &str) -> Result<String, Failure> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(b"GET /status HTTP/1.1\r\nconnection: close\r\n\r\n")?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    Ok(reply.rsplit("\r\n").next().unwrap_or_default().to_owned())
}
