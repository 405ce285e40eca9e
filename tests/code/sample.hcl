# 주석
resource "aws_instance" "web" {
  ami   = "ami-1"
  count = 2
  on    = true
  tags  = { Name = "a-${var.name}" }
}
